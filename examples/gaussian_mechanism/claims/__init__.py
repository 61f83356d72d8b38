"""The claims: the exact condition, the classical choice, and the smallest one."""
