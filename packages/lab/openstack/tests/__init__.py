"""Tests of what is pure; they need nothing of OpenStack's. The lab as a whole is tested from TypeScript."""
