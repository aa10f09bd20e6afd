"""The nouns of the field as frozen values: report, cell, claim, finding, judgement, agency."""
