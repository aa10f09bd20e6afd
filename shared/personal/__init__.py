"""Personal data in any text: how it is recognised, told from figures and codes, and masked."""
