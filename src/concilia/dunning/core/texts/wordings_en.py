"""The texts of collections in English."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.dunning.core.texts.keys import Key

LONG: Final[Mapping[Key, tuple[str, str]]] = {
    Key.COURTESY: (
        "Coming up: {invoices}",
        """
Thank you for [working with us|being our customer]. So that nothing comes as a surprise, here is what comes up next.

{items}

If all is well, there is nothing else to do. If something is not, now is the easiest moment to tell us:

{options}

Thank you, and all the best.
""",
    ),
    Key.REMINDER: (
        "A short note about {invoices}",
        """
Thank you for [working with us|being our customer]. Perhaps this slipped through in a busy week: we have not seen a payment yet for the following.

{items}

Is there anything about it that we should know or put right?

If not, please choose what suits you best:

{options}

If the payment is already on its way, please take no notice of this message. Thank you.
""",
    ),
    Key.QUESTION: (
        "{invoices}: what can we do for you?",
        """
[We like working with you|We like having you as a customer], so we would rather ask than guess. The following is still open:

{items}

What has kept the payment back so far? One tap is enough, and nobody will hold the answer against you:

{motives}

If you already know how you would like to settle it, choose here:

{options}

? {holder} looks after [your account|you] and is glad to call back when it suits you.

Thank you for your answer.
""",
    ),
    Key.FIRM: (
        "{invoices}: how things stand",
        """
[Our work together|Having you as a customer] matters to us, and that includes being clear. This is how things stand today:

{items}

? For information: under the law, interest of {interest} has accrued up to {interest_until}. We do not ask for it with this message.

What would it take to settle this by {deadline}?

Please tell us, or choose right away:

{options}

If we do not hear from you by {deadline}, the next step is a formal letter. We would much rather find a solution with you first.

Thank you for taking care of it.
""",
    ),
    Key.FORMAL_NOTICE: (
        "Formal notice: {invoices}, payment by {deadline}",
        """
You are a customer of {creditor}, and that calls for clear words. The following amounts have fallen due and have not been paid:

{items}

We ask you to pay {asked} by {deadline}.

{statute}

? Under the law, interest of {interest} has accrued up to {interest_until}.

? The law also provides for a fixed compensation of {compensation}.

This is what you can do:

{options}

If you do not agree with all or part of this, tell us why by {deadline}. What you contest is examined first and not pursued meanwhile; the rest remains payable.

? {advice}

? If neither a payment nor an answer has reached us by {deadline}, we intend to pass the matter to {next_holder}.

Thank you for dealing with this letter.
""",
    ),
    Key.LAST_CALL: (
        "{invoices}: still in our hands until {deadline}",
        """
You are our customer, and we would much rather settle this directly with you. The following is still open:

{items}

After {deadline} we will pass the matter to {next_holder}. Until then, each of these steps stops that:

{options}

? {advice}

If something has happened that we do not know of, one word is enough and we will look for a way together. Thank you.
""",
    ),
    Key.HANDED_OVER: (
        "{invoices}: {next_holder} is now your contact",
        """
Thank you for the time in which we worked with you as our customer. As announced, {next_holder} now looks after the following for us:

{items}

? Their mandate: {mandate}

Please address payments and questions to {next_holder} from now on. They will also agree on instalments with you, and examine what you do not agree with.

? If something about the handover is not right, write to us at {reply_to}.

? {advice}

Thank you.
""",
    ),
    Key.THANKS: (
        "Thank you: {amount} received",
        """
Thank you, it is good to have you as [a business partner|a customer]. Your payment of {amount} arrived on {day} and has been recorded.

? It settles {invoices}.

There is nothing more to do. If you would like payments to run by themselves in future, for example by direct debit, just reply.

Thank you, and all the best.
""",
    ),
    Key.PROMISE_NOTED: (
        "Noted: {amount} by {day}",
        """
Thank you for [working this out with us|working this out with us as our customer]. We have noted that you will pay {amount} by {day}.

? It is about {invoices}.

Until then we will not remind you of it. Should something come in between, tell us before that day and we will look for another one:

{options}

Thank you.
""",
    ),
    Key.PROMISE_DUE_SOON: (
        "On {day}: {amount}, as agreed",
        """
Thank you for [working with us|being our customer]. As agreed with you, {amount} is planned for {day}.

? It is about {invoices}.

If all is well, there is nothing to do but pay. If the day no longer fits, choose here:

{options}

Thank you.
""",
    ),
    Key.PROMISE_BROKEN: (
        "{day} has passed: what happened?",
        """
[We count on working with you|We are glad to have you as a customer], and so we ask openly. We had agreed on {amount} by {day}, and have not found the payment.

What has come in between?

If it has been paid meanwhile, please tell us the day and we will look for it. Otherwise choose what is possible for you now:

{options}

? {holder} is glad to talk it over with you.

Thank you.
""",
    ),
    Key.PLAN_OFFERED: (
        "A plan in instalments, as a proposal",
        """
Thank you for [working with us|being our customer], and for telling us how things are. This is our proposal for paying {amount} in instalments:

{rows}

It holds until {until}. You can agree, or propose something else:

{options}

Nothing is agreed until you have said yes. Thank you.
""",
    ),
    Key.PLAN_AGREED: (
        "Your plan in instalments is agreed",
        """
Thank you for [working with us on this|being our customer and for agreeing on this with us]. The plan over {amount} is agreed:

{rows}

As long as it runs as planned, we will not ask for anything else of it. If an instalment gets difficult, tell us before its day; there is almost always a way:

{options}

Thank you.
""",
    ),
    Key.PLAN_ROW_DUE_SOON: (
        "On {day}: the next instalment of {amount}",
        """
Thank you for [working with us|being our customer]. The next instalment of {amount} is due on {day}.

If all is well, there is nothing to do but pay. If not, please tell us now:

{options}

Thank you.
""",
    ),
    Key.PLAN_ROW_LATE: (
        "The instalment of {day}: is all well?",
        """
[We are glad to work with you|We are glad to have you as a customer], and the plan shows that we both mean it. The instalment of {amount} due on {day} has not reached us yet.

Has something changed for you?

You can pay it now, move it, or talk to us about the plan:

{options}

If you have paid meanwhile, please take no notice of this message. Thank you.
""",
    ),
    Key.PLAN_COMPLETED: (
        "Done: your plan is completed",
        """
Thank you for staying with us as our customer, and for keeping to the plan to the end. The last instalment arrived on {day}; {amount} has been paid in full.

The matter is closed, and nothing of it remains open. If you like, we can agree on what makes payments easier in future: another due date, a monthly statement or direct debit. Just reply.

Thank you, and all the best.
""",
    ),
    Key.SETTLEMENT_OFFERED: (
        "An offer to close the matter: {offer} by {until}",
        """
Thank you for [speaking openly with us as a business partner|speaking openly with us as our customer]. {open} is open, and we have thought about how to close the matter together. This is our offer:

- You pay {offer} by {until}.
- Once it has arrived, we give up the remaining {waived}, and nothing is left open.
- If it does not arrive in full by that day, the offer ends and the whole amount remains payable, less what was paid.

An amount given up may matter for your taxes; please ask your adviser.

You can accept, or propose something else:

{options}

Nothing is agreed until you have said yes in writing. Thank you.
""",
    ),
    Key.DISPUTE_RECEIVED: (
        "{claim}: we are looking into it",
        """
Thank you for telling us, [as partners who work together do|as our customer]. {holder} is looking into what you reported, {claim}, and will answer by {until}.

Meanwhile we do not ask for {disputed}.

? The rest, {asked}, is not affected and remains payable.

You can add documents, watch the progress or pay the rest:

{options}

Thank you.
""",
    ),
    Key.INVOICE_COPY: (
        "Here is {invoice} again",
        """
Thank you for [working with us|being our customer], and for asking. Here is the copy of {invoice}: {account_link}

If it is not what you need, or something on it is not right, tell us and we will put it right:

{options}

Thank you.
""",
    ),
    Key.CONDOLENCE: (
        "Our condolences",
        """
We have learned of the death of {customer}, who was our customer. We are very sorry, and our thoughts are with you.

There is nothing you need to do now. All messages about the account have been stopped. Nobody of the family is asked to pay anything from their own means.

When the time has come, it helps us to know who looks after the estate. {holder} is there for you personally:

? Telephone: {phone}

? E-mail: {reply_to}

With our deepest sympathy.
""",
    ),
    Key.VULNERABLE: (
        "We are here for you",
        """
You are our customer, and your well-being comes first. From today {holder} looks after you personally; nobody else will contact you about it.

You do not have to do anything now. We will not ask for anything until {until}, and no interest or costs are added.

When you feel ready, we will look together at what is possible for you. Tell us how you would like to hear from us, and who may speak for you:

{options}

? {advice}

Take the time you need. Thank you for telling us.
""",
    ),
    Key.DATE_MOVED: (
        "New date for {invoices}: {new_day}",
        """
Thank you for [working this out with us|working this out with us as our customer]. As you asked, the due date of {invoices} is now {new_day}.

It is about {amount}. Until then we will not remind you of it.

If you need something else, choose here:

{options}

Thank you.
""",
    ),
    Key.PAID_TWICE: (
        "{amount} is yours",
        """
Thank you for [working with us|being our customer]. Your payment of {day} was {amount} more than was open, so this amount is yours.

Would you like it paid back, or kept for the next invoice?

Tell us which account it should go to, or leave it with us:

- Pay it back
- Keep it for the next invoice

? You can tell us here: {account_link}

? Or write to {reply_to}.

Thank you.
""",
    ),
}
SHORT: Final[Mapping[Key, str]] = {
    Key.COURTESY: "{creditor}: thank you for being our customer. What comes up next: {account_link}",
    Key.REMINDER: "{creditor}: dear customer, is something not right, or did it slip through? All choices: {account_link}",
    Key.QUESTION: "{creditor}: dear customer, what can we do for you? Tell us, or choose a day: {account_link}",
    Key.FIRM: "{creditor}: dear customer, what do you need to settle your account? Your choices: {account_link}",
    Key.LAST_CALL: "{creditor}: dear customer, let us settle this together by {deadline}: {account_link}",
    Key.THANKS: "{creditor}: thank you for being our customer. Your payment has arrived.",
    Key.PROMISE_NOTED: "{creditor}: thank you for working with us. Noted for {day}. Changes: {account_link}",
    Key.PROMISE_DUE_SOON: "{creditor}: dear customer, as agreed for {day}. Pay, or choose another day: {account_link}",
    Key.PROMISE_BROKEN: "{creditor}: dear customer, what came in between? Choose what is possible now: {account_link}",
    Key.PLAN_OFFERED: "{creditor}: dear customer, our proposal for you is here. Agree or change it: {account_link}",
    Key.PLAN_AGREED: "{creditor}: thank you for working this out with us. All is agreed: {account_link}",
    Key.PLAN_ROW_DUE_SOON: "{creditor}: dear customer, {day} is the next day of the plan. Pay or move it: {account_link}",
    Key.PLAN_ROW_LATE: "{creditor}: dear customer, is all well? Pay, move it or talk to us: {account_link}",
    Key.PLAN_COMPLETED: "{creditor}: thank you for staying with us as our customer. All is done, nothing is left.",
    Key.DISPUTE_RECEIVED: "{creditor}: thank you for working with us. We look into {claim}. You can watch it: {account_link}",
    Key.INVOICE_COPY: "{creditor}: thank you for being our customer. Here is your copy: {account_link}",
    Key.VULNERABLE: "{creditor}: you are our customer and come first. {holder} is there for you: {account_link}",
    Key.DATE_MOVED: "{creditor}: thank you for working this out with us. The new day is {new_day}: {account_link}",
    Key.PAID_TWICE: "{creditor}: thank you for being our customer. You have a credit: back, or keep it? {account_link}",
}
_OPENING: Final = """
1. Greet, say your name and that you call from {creditor}. Make sure that you speak to {customer} or somebody who may speak for them; until then say nothing of what it is about.

2. Thank them for [working with us|being our customer], and ask whether it is a good moment. If not, agree on another.
"""
_CLOSING: Final = """
6. Repeat what was agreed: what, how much, by which day, and that they get it in writing. Thank them.

7. Note the reason, what was agreed and the next step: facts only, no judgement, and nothing about health outside the protected field.
"""
GUIDES: Final[Mapping[Key, str]] = {
    Key.REMINDER: _OPENING
    + """
3. Ask, and listen to the end: “Did our invoice reach you, and is everything right with it?”

4. Have at hand: {invoices}, {asked}. Offer to send a copy.

? Not asked for, because it is being clarified: {disputed}

5. Offer: a link to pay, a day that suits them, or that somebody looks into what is not right.
"""
    + _CLOSING,
    Key.QUESTION: _OPENING
    + """
3. Ask, and listen to the end: “What has kept the payment back so far?” Do not suggest the answer.

4. Have at hand: {invoices}, {asked}. Repeat the reason in their own words.

? Not asked for, because it is being clarified: {disputed}

5. Offer what fits the reason: a day, instalments, a copy, somebody who looks into it.
"""
    + _CLOSING,
    Key.FIRM: _OPENING
    + """
3. Ask, and listen to the end: “What would you need to settle this?”

4. Say the facts calmly: {invoices}, {asked}, and which day we hope for: {deadline}.

? Not asked for, because it is being clarified: {disputed}

5. Offer at least two ways: pay now, a day, instalments, or look into what is not right. Say what happens next only as it really will.
"""
    + _CLOSING,
    Key.LAST_CALL: _OPENING
    + """
3. Ask, and listen to the end: “Is there anything we do not know yet?”

4. Say the facts calmly: {invoices}, {asked}; after {deadline} {next_holder} takes over.

? Not asked for, because it is being clarified: {disputed}

5. Say what stops it: a payment, a day, instalments, a word about what is not right. Name where free advice is available.
"""
    + _CLOSING,
    Key.PROMISE_BROKEN: _OPENING
    + """
3. Ask, and listen to the end: “We had agreed on {day}. What came in between?”

4. Have at hand: {amount} by {day}. Ask whether it was paid meanwhile, and from which account.

5. Offer: a new day that is realistic, a part now, or instalments.
"""
    + _CLOSING,
    Key.PLAN_ROW_LATE: _OPENING
    + """
3. Ask, and listen to the end: “Has something changed since we agreed on the plan?”

4. Have at hand: the instalment of {amount} due on {day}.

5. Offer: pay it now, move it once, or look at the plan again. Somebody in trouble goes to the specialists.
"""
    + _CLOSING,
}
