"""An invented data set to practise on: cases by hand in YAML, evidence drawn by code. Shown as practice, never counted."""
