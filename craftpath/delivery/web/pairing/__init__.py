"""Masters and apprentices as pages: who teaches whom, who carries how much, who has nobody."""
