"""The inbox: what is said to us, who looks after it, and the answers that leave through the same gate as posts."""
