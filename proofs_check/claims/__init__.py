"""The claims, one a file; the file of claim eps-cr-2 is eps_cr_2.py."""
