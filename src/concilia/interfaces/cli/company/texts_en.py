"""What customers write, subject line first, then the message. Braces are filled in later."""

from __future__ import annotations

CLAIMS = {
    "hartley-nondelivery": """Debit note {dn} - pesto not delivered, inv {inv}
Good morning,

Please find attached our debit note {dn} for {amount} EUR. {q1} cases of {product1} ({sku1}) on
invoice {inv} were not delivered - the pallet was not on the vehicle. Please let us have a
signed POD for {ddt} if you believe otherwise, or a credit note.

Kind regards
Fiona Lister
Purchase Ledger""",
    "thornbury-damage": """Claim {dn}: damaged passata
Hello

{q1} cases of {product1} arrived smashed on {delivered} ({ddt}) - driver witnessed it and it's
written on the paperwork. Photo and our claim form attached. Please credit {amount} EUR against
{inv}.

Gareth""",
    "hartley-price": """Query on invoice {inv}
Hi Giulia,

Could you check the price of {product1} on {inv}? We have it at {c1} and you've billed {u1}.
Might be our system that wasn't updated, but on the face of it we'd be looking for {amount} EUR
back.

Thanks
Fiona""",
    "pennywick-shortage": """AGAIN short - {inv}
This is getting ridiculous. {q1} boxes of {product1} missing from the delivery of {delivered}.
AGAIN. I signed for it as short, your driver shrugged. I run a shop not a charity. Credit me the
{amount} euros on {inv} or find another customer.

Pennywick""",
    "caldermoor-surcharge": """Energy surcharge??
Dear Molino Aurora,

Invoice {inv} has a line "Maggiorazione energia". We don't recall agreeing to any surcharge and
would like the {amount} EUR taken off, please.

With best wishes from a rainy Calderdale""",
    "abbot-pod": """POD request {ddt}
Hi, our auditors need a signed proof of delivery for {ddt} / invoice {inv} ({total} EUR). We
can't release payment until it's on file. Cheers""",
    "locharden-late": """late delivery order {po}
Good afternoon, our order {po} turned up four days late and we'd sold nothing but apologies for
the weekend. We think {amount} EUR off {inv} would be fair.
Loch Arden Stores""",
    "mapleford-paid": """Re: Statement of account
Hi,
{inv} has been paid, see attached confirmation for {total} EUR. Can you please update your
records and stop sending reminders.
Accounts, Mapleford Catering Ltd

> On your statement the following invoice is overdue: {inv}, {total} EUR, due {due}.""",
    "thornbury-promo": """Promo funding missing on {inv}
Hi,
the spring promo ({r1} off {product1} and {product2}) wasn't on invoice {inv}. That's {amount}
EUR we need credited. Order {po}.
Susan Dyer, Buyer""",
}

FOLLOW_UPS = {
    "answer": """Re: {subject}
Hi, please find the information you asked for on {inv}. Let us know if anything else is
needed.""",
    "accept": """Re: {subject}
Fair enough, we've checked our end and you're right. We'll pay the {amount} EUR on the next
run.""",
    "appeal": """Re: {subject}
We don't accept this. The promotion was agreed with your rep before the order was placed -
please have someone senior look at {inv} again.""",
    "withdraw": """Re: {subject}
Hello again, on reflection the snow closed the A9 for two days and that was hardly your doing.
Please ignore our claim on {inv}.""",
    "reopen": """Re: {subject}
The credit for {inv} isn't what we asked for, can you look again?""",
}

CARRIER = """POD copy {ddt}
Hi,
Signed delivery note {ddt} of {delivered} attached as requested.
{remark}

Channel Link Freight Ltd, POD desk"""
CARRIER_LOST = """{ddt} - trace result
No signature on file for {ddt}, consignment presumed lost in transit.
Channel Link Freight Ltd, POD desk"""

REMITTANCE = """Remittance advice {date}
Please find attached our remittance advice dated {date} for {total} EUR.
Treasury, do not reply to this address"""
REMITTANCE_BODY = """Remittance advice {date}
We have today paid {total} EUR to your account in respect of:

{lines}

Accounts payable"""

REPLIES = {
    "promise": """Re: Overdue invoice {inv}
Apologies, {inv} slipped through. It's on the payment run for {promise}, {total} EUR in
full.""",
    "hardship": """Re: Overdue invoice {inv}
Hi, cash is tight after the flood. Could we split {inv} over three months? We don't want to let
you down.""",
    "copy": """copy invoice please
Hi could you send me a copy of {inv}, can't find it anywhere. ta""",
}

AUTO_REPLY = """Automatic reply: {subject}
Thank you for your email. I am out of the office until {back} with no access to email."""

NOTES = {
    "LOG": "Checked {ddt} with the carrier: nothing beyond what is on the note.",
    "CRD": "No receipt found for {inv} on any account.",
    "ACC": "The terms sent with the price list of January name this charge; {inv} is right.",
    "TRM": "The promotion ended before the order behind {inv} was placed.",
}
ASK = """Good morning,

Thank you for your message about {inv}. To settle it quickly we still need: {need}. You will
hear from us within two working days of receiving it. Meanwhile we do not ask you for the
disputed part."""
ANSWER_VALID = """Good morning,

We have checked your claim on {inv}: {valid} EUR is justified. You will receive the credit note
in the next few days. Please accept our apologies."""
ANSWER_DENIED = """Good morning,

We have looked carefully at your claim on {inv}. Our records do not confirm it, so we cannot
credit {amount} EUR. What we found is attached; if you have anything else to show us we will
gladly look at it."""
NEEDS = {"other": "a copy of the signed delivery note"}
