"""Words as people type them, each with its standard Indonesian form as lemma."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from language.normalise import normal_tokens


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class NormalisingTokenizer(Tokenizer):
    """Keeps text and offsets as typed; featurizers read `lemma`, which is the normalised word."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        text = message.get(attribute)
        tokens = [
            Token(t.text, t.start, t.end, lemma=t.standard or t.text.lower()) for t in normal_tokens(text)
        ]
        # A message without a single word (emoji, "???") still needs one token for the featurizers.
        return self._apply_token_pattern(tokens or [Token(text or " ", 0)])
