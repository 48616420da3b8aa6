"""What files of Outlook have in common: messages made of numbered properties (MAPI)."""
