"""What an automatic call says, in English."""

from __future__ import annotations

from typing import Final

TEXTS: Final = {
    "welcome": "Welcome to {company}. You are talking to our automatic customer line.",
    "are_you": "Good day, this is the automatic customer line of {company}, for {customer}. If"
    " that is you, press 1. If not, press 2. If you want no more automatic calls, press 9.",
    "left_word": "This is {company}. Please call us back{on_number}. Thank you.",
    "sorry": "Please excuse us. We will put our records right. Goodbye.",
    "goodbye_early": "We did not hear you. Goodbye.",
    "ask_number": "So that only you hear about your account: please key in the digits of your"
    " customer number, then the hash key.{last_four}",
    "ask_code": "Now please key in the digits of your post code, or the last four digits of one"
    " of our invoices, then the hash key.",
    "wrong_number": "That does not match our records. Please try once more.",
    "cannot": "We could not find you that way. A colleague will help you.",
    "nothing": "Thank you. Nothing is to be paid on your account today.",
    "menu_clear": "To tell us about a problem, press 5. For a colleague, press 6. To end, just"
    " hang up.",
    "balance": "Thank you. On your account {amount} is due.{disputed}",
    "balance_disputed": " What you contest is not asked for until it is settled.",
    "menu": "May we ask what is in the way? To tell us, press 5. To pay now, press 1. To name a"
    " date, press 2. To pay in instalments, press 3. For a colleague, press 6. To hear the amount"
    " again, press 0.",
    "link_sent": "We have just sent you a message with the link to your page, where you see"
    " what is open and how you can pay. Never say a card number on the telephone: we do not ask"
    " for one.",
    "no_link": "We have no number or address of yours for that.",
    "no_dates": "We cannot take a date here just now.",
    "which_date": "When will you pay? {dates} To go back, press 0.",
    "date_choice": "For {date}, press {key}.",
    "confirm": "You will pay {promised} by {date}. If that is right, press 1. For another date,"
    " press 2. To go back, press 0.",
    "promised": "Thank you, that is noted: {promised} by {date}.",
    "plan_sent": "We have just sent you a message with the link to your page. There you see"
    " which instalments are possible and on which days, and agree only once you have read them."
    " Never say a card number on the telephone: we do not ask for one.",
    "plan_asked": "A colleague will call you and agree on instalments that you can keep.",
    "problem": "What is the matter? If the invoice never came, press 1. If something is wrong"
    " with it, press 2. If it is paid already, press 3. If money is short just now, press 4. If"
    " the way to pay does not work, press 5. If an approval is missing on your side, press 6. For"
    " anything else, press 7.",
    "noted": "Thank you for telling us. We will see to it.",
    "disputed": "Thank you for telling us. A colleague will look into it and call you. Until then"
    " we do not ask for what you contest.",
    "more": "If there is anything else, press 1. For a colleague, press 6. Otherwise just hang up.",
    "hand": "We are putting you through to a colleague.",
    "called_back": "A colleague will call you back{in_hours}. Goodbye.",
    "in_hours": " during our office hours",
    "on_number": " on {number}",
    "too_long": "Let us make this easier.",
    "opted_out": "You will have no more automatic calls from us. Goodbye.",
    "thanks": "Thank you for your call. Goodbye.",
    "not_heard": "We did not get that.",
    "last_four": " The last four are enough.",
}
