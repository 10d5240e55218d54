"""What requests and documents cost: verification, signing, PDF."""
