"""Public catalogues of occupations and skills in their publishers' layouts: ESCO's tables, O*NET's, plain lists."""
