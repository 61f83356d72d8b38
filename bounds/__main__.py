"""`python -m bounds` is the command `bounds`."""

import sys

from bounds.cli import main

sys.exit(main())
