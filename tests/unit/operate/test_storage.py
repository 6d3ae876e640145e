"""What an earlier version left behind in plain goes."""

from pathlib import Path

from operate.storage import remove_plain_conversations


def test_conversations_in_plain_are_deleted_and_nothing_else(tmp_path: Path) -> None:
    for name in ("conversations.db", "conversations.db-wal", "conversations.db-shm", "consent.db"):
        (tmp_path / name).write_text("hello")
    assert remove_plain_conversations(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["consent.db"]
    assert not remove_plain_conversations(tmp_path)
