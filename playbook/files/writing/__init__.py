"""Help for people who write a playbook's file by hand: what may stand here, and pieces to begin with."""
