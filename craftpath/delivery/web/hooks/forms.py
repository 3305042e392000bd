"""Adding a web hook."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.outward import target_of
from craftpath.delivery.exchange.waiting import TOPICS
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.kernel.hooks import LONGEST, Shape
from craftpath.values.verdict import Refused

SHAPES = {
    Shape.WECOM: _("WeCom group bot"),
    Shape.DINGTALK: _("DingTalk group bot"),
    Shape.FEISHU: _("Feishu group bot"),
    Shape.PLAIN: _("Another one that takes {“text”: …}"),
}


class HookForm(forms.Form):
    """A name, the kind of bot, its address, and what it hears about."""

    name = forms.CharField(label=_("Name of the group"), max_length=80)
    shape = forms.ChoiceField(
        label=_("Kind of bot"), choices=[(key.value, name) for key, name in SHAPES.items()]
    )
    address = forms.CharField(
        label=_("Address of the bot"),
        max_length=LONGEST,
        help_text=_("As the group chat shows it. Treat it as a secret: it is not shown again."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=[(key.value, name) for key, name in TOPICS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_name(self) -> str:
        """Without what no database keeps."""
        return str(self.cleaned_data["name"]).replace("\0", "")

    def clean_address(self) -> str:
        """Where it leads is looked at now, and again before each message."""
        address = str(self.cleaned_data["address"]).strip()
        try:
            target_of(address)
        except Refused as refused:
            raise forms.ValidationError(sentence(refused.verdict)) from None
        return address
