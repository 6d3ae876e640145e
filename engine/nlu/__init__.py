"""Understanding: which help somebody needs. It must never decide about permission."""
