"""What screens and dialogs are made of: widgets only draw, and never change anything."""
