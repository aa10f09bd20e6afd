"""S: structure, and what each chapter has to say."""
