"""What leaves the house: deliveries, attempts, receipts, and the last gate."""
