from pipelines.sources.words import fold, squeeze, tokens


def test_headers_are_compared_without_case_accents_apostrophes_and_marks() -> None:
    assert fold("\ufeff Date d’échéance * ") == fold("DATE D'ECHEANCE") == "date d'echeance"


def test_tables_made_by_hand_are_compared_without_blanks_and_punctuation_too() -> None:
    assert squeeze("close_date") == squeeze("Close Date") == squeeze("CloseDate") == "closedate"


def test_a_label_is_cut_into_its_words() -> None:
    assert tokens("Fermé/Gagné – 100 %") == ("ferme", "gagne", "100")
