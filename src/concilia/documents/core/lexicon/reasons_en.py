# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""English phrases for the 67 claim reasons. The number before the colon is their weight."""

from __future__ import annotations

from typing import Final

REASONS_EN: Final[dict[str, str]] = {
    "CO-01": """
        4: promo* (price|discount|rate|offer|allowance) not applied; promo* not .. applied; promo* missing .. invoice
        4: promotion* was not (applied|deducted|reflected|honoured|honored); off invoice (promo*|allowance|discount)
        5: (deal|promo*) .. (isn t|is not|not|wasn t) on; promo* (price|discount)? missing; billed at full price
        4: without .. promo* (price|discount|allowance); forgot .. promo*; billed .. instead of .. promo*
        4: promo* .. (not|never) (reflected|taken|honoured|honored|included|given|passed|granted); deal price not
        4: regular price instead of; full price instead of .. (promo*|offer); list price instead of .. promo*
        4: (normal|full|standard|list) price .. during .. (promo*|offer|campaign); temporary price reduction; tpr not
        3: promo* price; promotional discount; special offer not; offer price; promo* period; agreed promo*
        3: during .. promo*; promo* agree*; deal sheet; promotional rate; off invoice
        2: promo*; offer not
        5: (half price|promo*|special|week*|multibuy|bogof|introductory) (offer|deal) .. (not|hasn t|has not|never|isn t|is not); (offer|deal) .. (not|hasn t|never) .. (come through|gone through|honoured|honored|applied); billed at list
        6: (offer|promo*|deal|special) price .. (missing|not|isn t|wasn t)
    """,
    "CO-02": """
        5: bill back*; billback*; scan back*; scanback*; scan down*; sell out support; sell through support
        5: sell out (bonus|contribution|rebate|funding|campaign); sellout support; sell through (funding|rebate|allowance)
        4: scan (data|allowance|rebate|promo*|based|units|funding); scanned units; units scanned; per unit (sold|scanned)
        3: epos (data|sales); pos data; units sold through; till (data|scan*); sold through .. till*; sell out
    """,
    "CO-03": """
        5: co op (adv*|contribution|claim|fund*|allowance|agreement|leaflet); coop (adv*|claim|fund*|allowance)
        5: cooperative adv*; co operative adv*; advertising (contribution|allowance|support|cost*|fund*|share)
        4: leaflet (contribution|space|cost*|insert*|page|feature); catalogue (contribution|page|space|insert*); flyer (contribution|space|cost*)
        4: share of .. adv*; newspaper (ad|insert*|adv*); circular (ad|allowance|feature); magazine (ad|page|adv*)
        4: press adv*; tv (ad|spot|campaign|adv*); radio (ad|spot|campaign|adv*); billboard*; ad tear sheet*; tear sheet*
        3: advert*; leaflet; flyer; brochure page; co op; tearsheet*
    """,
    "CO-04": """
        5: marketing (fund|funds|budget|contribution|support|allowance|development fund*); mdf; market development fund*
        5: margin (support|contribution|guarantee|shortfall|gap|agreement|funding); marketing contribution
        4: trade (marketing|fund|funding|spend); brand fund; category fund*; retail media; online marketing; joint marketing
        3: marketing (activit*|campaign*|invoice|plan|service*|agreement); marketing
    """,
    "CO-05": """
        5: volume (rebate|bonus|discount); year end (rebate|bonus); annual (rebate|bonus|volume*); turnover (rebate|bonus)
        5: end of year (rebate|bonus); growth (rebate|bonus|incentive); retro rebate; retrospective (rebate|discount)
        5: quarterly (rebate|bonus); rebate (due|owed|tier|agree*|statement|for the|target); loyalty (rebate|bonus); overrider*
        4: back margin; tier .. rebate; (reached|exceeded|achieved) .. (target|threshold|tier|turnover); purchase target; bonus agreement
        3: rebate*; yearly bonus; bonus (due|for)
    """,
    "CO-06": """
        5: markdown*; mark down (support|contribution|allowance|money|funding|claim); mark downs
        5: clearance (support|contribution|allowance|funding|price*|sale*); end of season; price reduction support
        4: reduced to clear; sell off; slow mov* .. (support|contribution|reduc*|clear*); mark down; seasonal stock .. reduc*
        3: clearance; slow (moving|movers|sellers); unsold (stock|seasonal|items)
    """,
    "CO-07": """
        5: listing fee*; slotting*; new (item|line|product|sku) (fee*|allowance|listing|introduction|intro|support); new line fee*
        5: introductory allowance; range (entry|review) fee*; shelf entry; listing (contribution|allowance|charge*|cost*|support)
        4: assortment (fee*|contribution|entry); planogram (entry|inclusion); delisting; new listing*; item set up; sku introduction
        3: listing; new item*; new product*
    """,
    "CO-08": """
        5: display (allowance|fee*|contribution|support|cost*|rent*|space|agreement|charge*|payment); end cap*; endcap*; gondola*
        5: shelf (service*|space|rent*|fee*|merchandis*|talker*|management); fixture*; floor display*; pallet display*; dump bin*
        4: merchandis* (service*|fee*|cost*|allowance); secondary placement*; in store (display*|execution|placement); checkout placement*
        4: promotional display*; front of store; display stand*; point of sale (display*|material*); shelf positioning
        3: display*; merchandising; island placement
    """,
    "CO-09": """
        5: new store*; store opening*; opening order*; grand opening; opening (allowance|discount|support|contribution|fee*)
        4: new (shop|branch|outlet|location|store|warehouse) .. (open*|allowance|discount|contribution|support); store (refit|remodel*); reopening*; inauguration
        3: first order discount; newly opened; opened .. new (store|shop|branch)
    """,
    "CO-10": """
        5: price protection*; floor stock*; stock (compensation|protection|adjustment) .. price; price (drop|decrease|reduction) .. (stock|inventory)
        5: stock on hand .. price; inventory .. (devaluation|revaluation|price (drop|decrease|reduction|cut))
        4: price decline; price (drop|cut|decrease) (compensation|protection|claim|credit); lower* .. list price .. stock
        3: protected price; stock in .. warehouse .. (old|previous|higher) price
    """,
    "CO-11": """
        5: coupon*; gift certificate*; gift card*; voucher*; redeem* (coupon*|voucher*)
        4: coupon redemption*; face value; clearing house; money off
    """,
    "CO-12": """
        5: free goods; free (case*|carton*|unit*|bottle*|piece*|pack*|box*|stock|sample*|merchandise|product*) .. (missing|not|never|invoiced|charged|billed)
        5: (missing|not received|never received|without) .. free (goods|case*|carton*|unit*|piece*|bottle*|pack*|stock|merchandise|product*)
        5: # plus # .. (free|missing|not); buy # get #; # + # free; # for #; bonus (goods|pack*|stock|case*) .. (missing|not)
        4: free of charge (goods|units|case*|piece*|item*|product*|merchandise|bottle*); foc (goods|units|case*|item*); one free for every
        3: free goods; goods free; free merchandise; free units
    """,
    "CO-13": """
        5: logistic* (allowance|discount|contribution|bonus|rebate); warehouse (allowance|discount|contribution|rebate); pick up (allowance|discount|rebate)
        5: pickup allowance; backhaul*; full (truck|truckload|pallet|load) (discount|allowance|rebate|bonus); truckload (allowance|discount|rebate)
        5: centralisation (allowance|discount|bonus); centralization (allowance|discount); collection (allowance|discount); distribution (allowance|discount|centre allowance)
        4: ex works allowance; own transport .. (allowance|discount|deduct*); drop (allowance|discount) size; cross dock* (allowance|discount); load (allowance|discount)
        3: logistic* terms; pallet discount; self collect*
    """,
    "CO-14": """
        5: unsaleable* (allowance|rate|agree*|percent*|claim|reimburs*); unsaleable*; unsalable*; swell allowance; defective allowance; spoil* allowance
        5: damage* allowance; spoilage (allowance|rate|agree*); shrink* allowance; contractual .. (damage*|defect*|spoil*); waste (allowance|agreement|contribution)
        4: percent .. (damage*|defect*|spoil*|unsaleable*); allowance for (damage*|defect*|spoil*|waste|unsaleable*); in lieu of returns; breakage allowance
        3: spoilage; expired on shelf; customer returns allowance
    """,
    "CO-15": """
        5: ship and debit*; ship & debit*; competitive price (support|match*|allowance|protection); meet* competition; special pricing (agreement|claim|request)
        5: price match* (support|claim|fund*|allowance); competitor* price* .. (match*|support|compens*); design registration; spa claim; deviated (pric*|cost)
        4: project pric*; special bid; debit authori*; resale .. (agreed|special) price; end customer .. special price
        3: competitor* price*; match .. competitor*; special price support
    """,
    "NC-01": """
        5: shortage*; short deliver*; short shipped; short ship*; delivered short; short on delivery; under deliver*; undershipped; under shipped
        5: (case*|carton*|box*|pallet*|unit*|piece*|bottle*|item*|pack*|crate*|drum*|bag*|colli|roll*|tray*|goods|product*) (are|is|were|was)? missing; missing .. (case*|carton*|box*|pallet*|unit*|piece*|bottle*|item*|crate*|bag*|roll*|tray*|goods)
        5: # (case*|carton*|box*|pallet*|unit*|piece*|bottle*|pack*|pcs|tray*) short; (received|got|delivered|counted|arrived) only #; only # .. (received|delivered|arrived|came|were|out of|of the|of #); only (received|got|delivered|counted) #
        4: # instead of #; quantity (difference|discrepanc*|shortage|short|variance|mismatch|received|delivered); qty (difference|discrepanc*|short*|variance|mismatch|received); less than (ordered|invoiced|billed|the invoice); fewer .. than (ordered|invoiced|billed)
        4: incomplete (deliver*|shipment*|order*|consignment); not (complete|in full); delivery (was|is|came|arrived)? incomplete; partial* deliver*; invoiced (for)? # .. (received|delivered|got|only|but); billed (for)? # .. (received|delivered|got|only|but)
        4: (noted|written|recorded|marked|signed|reserve) .. (delivery note|pod|cmr); shortage claim; pqv; reserve* on the; short received; (ordered|order) # .. (received|got|delivered|only)
        3: missing; did not receive all; not all (the)? (goods|items|case*|products|carton*); were (short|missing); pallet short; count* short; shorted; short by; one short; # short; discrepancy .. (received|delivered|quantit*)
        2: short; quantit*; pieces; reserve
        7: (got|received|counted|delivered|arrived) # .. (billed|invoiced|charged|ordered) #?; (billed|invoiced|charged|ordered) # .. (got|received|counted|arrived|came|only); billed #; (you|were) (billed|invoiced) (for)? #
        6: (case*|carton*|box*|pallet*|unit*|piece*|bottle*|item*|pack*|crate*|bag*|tray*|goods|product*|keg*|tins?|jars?) .. (missing|short|not there|not on the pallet|not delivered)
        6: # of (the|our|those|these|your)? # (unit*|case*|carton*|box*|bottle*|piece*|pallet*|tray*); (only|just) (trace|find|account for|see|locate|have|find) #; not all (of)? (the|them|it) .. (arrived|came|delivered|there); short by #
    """,
    "NC-02": """
        6: concealed (shortage|loss); hidden shortage; sealed .. (missing|short*|fewer|less|empty|incomplete|contained|only); intact .. (missing|short*|less|inside|contained|only|but)
        6: (when|after|upon|on|while) (opening|opened|unpack*|we opened) .. (missing|short*|only|less|fewer); (carton*|box*|case*|pallet*) .. (contained|inside) .. (only|less|fewer|#); empty (carton*|box*|case*); shrink wrap* .. (intact|missing|short*)
        4: inside the (box*|carton*|case*|pallet*); (discovered|found|noticed) .. (later|unpack*|opening|afterwards|stocktake|putaway|put away); unpack*; not visible (at|on|upon|during) (delivery|receipt|arrival|unloading)
        3: sealed; packaging intact; seal (was|were)? intact; upon opening; when we opened; weigh* less
    """,
    "NC-03": """
        6: (never|not) (been)? (arrived|delivered); non delivery; undelivered; not yet delivered; never (received|arrived|got|came|turned up|showed up|reached); did (not|n't) (arrive|come|reach)
        6: billed not shipped; invoiced (but|and)? not (shipped|delivered|received); goods not (received|delivered|arrived|shipped); (order|delivery|shipment|goods|parcel|consignment|pallet*) (has|have|was|were|is|are)? (not|never) (been)? (received|arrived|delivered|shipped|reached|turned up)
        5: not received .. (goods|deliver*|shipment|order|parcel|merchandise|consignment|anything); have not received .. (goods|deliver*|shipment|order|parcel|merchandise|consignment|anything|any of|the pallet*|these)
        5: (lost|disappeared) (in transit|by .. carrier|parcel|shipment|consignment|pallet*); nothing .. (arrived|delivered|received|came); no (goods|delivery|shipment) .. (received|arrived|made|took place|ever); still waiting for .. (goods|delivery|shipment|order)
        4: haven t received .. (goods|deliver*|shipment|order|parcel|anything|these); didn t (arrive|come|get .. (goods|delivery)|receive .. (goods|delivery|shipment|order|anything)); invoice .. goods .. never; never delivered; no trace of .. (delivery|shipment|goods)
        3: lost in transit; no record of .. (receiving|receipt|delivery); where (is|are) (our|the|my) (goods|order|delivery|shipment); not shipped
    """,
    "NC-04": """
        6: over deliver*; overdeliver*; over shipped; overshipped; overage*; surplus (goods|quantit*|case*|stock|deliver*|unit*); excess (quantit*|goods|deliver*|unit*|case*|carton*|stock|pallet*)
        6: (never|not|did not|didn t) order* (these|this|those|the goods|the items|the products|it|them|any|such|that); unordered; unsolicited (goods|deliver*|items); without .. order .. (deliver*|received|sent)
        6: more than (we|was|were)? (had)? (ordered|requested); too (many|much) .. (delivered|sent|received|shipped|supplied); (delivered|sent|shipped|supplied) too (many|much); # (too many|extra|more) (case*|carton*|unit*|box*|piece*|pallet*)?
        5: (delivered|shipped|sent) twice; double (delivery|shipment); duplicate (delivery|shipment); collect .. (excess|surplus|extra|additional|unordered); extra (case*|carton*|unit*|box*|pallet*|goods) .. (not|never|collect*|pick*)
        3: not ordered; goods (we)? (did)? not order*; excess; surplus
        6: surplus (carton*|box*|pallet*|bottle*|tray*); (collect|pick up|take back|fetch) .. (surplus|extra|excess|additional|unordered)
    """,
    "NC-05": """
        6: transport damage*; damage* in transit; transit damage*; damage* (during|in|by) (the)? (transport*|transit|shipping|shipment|carrier|delivery|haulier|driver|handling|unloading|courier); freight damage*; shipping damage*; carriage damage*
        5: (arrived|delivered|received|came|were|was|are|is) .. (damaged|broken|crushed|smashed|wet|torn|dented|leaking|shattered|squashed|soaked|cracked); broken (bottle*|glass|jar*|case*|carton*|pallet*|in transit|item*|unit*|piece*|tile*|goods)
        5: damage* (goods|pallet*|carton*|case*|box*|item*|unit*|bottle*|on arrival|upon arrival|product*|packag*|parcel*|merchandise|tin*|can*|jar*|stock|piece*|shipment|delivery|consignment|bag*|sack*); crushed (carton*|box*|case*|pallet*|corner*|can*); wet (carton*|box*|case*|pallet*|goods|cardboard); pallet .. (collapsed|tipped|fell|toppled|overturned|crushed|broken)
        4: breakage*; (carton*|box*|case*|pallet*|bottle*|jar*|tin*|can*|bag*|sack*|glass*|parcel*) .. (damaged|broken|crushed|torn|smashed|wet|dented|leaking|split|burst|cracked); cold chain; temperature .. (transport|transit|truck|delivery|lorry|arrival); forklift; dented
        3: damage*; broken; crushed; smashed; leak*; shattered; photos .. damage*; driver .. (damage*|noted|signed)
        6: (smashed|crushed|shattered|dented|squashed)
        5: (lorry|truck|van|trailer) .. (smashed|broken|crushed|damaged|tipped|collapsed)
        5: (dropped|tipped over|fell|toppled) .. (pallet*|carton*|box*|case*); (covered|soaked|dripping) (in|with)
    """,
    "NC-06": """
        6: defect*; faulty; quality (issue*|problem*|complaint*|defect*|claim*|control|standard*|is|was|not|of); poor quality; bad quality; inferior quality; substandard; sub standard; below .. quality; out of spec*; does not (meet|match|conform) .. (spec*|standard*|quality|sample)
        6: not fit for .. (sale|consumption|use); unfit for; (mouldy|moldy|mold|mould|rotten|spoiled|rancid|sour|stale|contaminat*|foreign (body|object|matter|bodies)|off taste|off flavour|bad smell|insect*|infest*)
        5: non conform*; nonconform*; not conform*; manufacturing (fault|defect|error); (product*|item*|goods|unit*|batch|lot) .. (defect*|faulty|do not work|does not work|not working|stopped working|rotten|spoiled|expired)
        5: short (dated|shelf life|expiry|best before); expiry date*; expired; best before; shelf life; past (its|their) .. date; lot .. (quality|defect*|problem); wrong (colour|color) shade; peel* off; do(es)? not (work|seal|close|fit)
        4: quality; malfunction*; discolou?r*; discolored; seal* .. (fail*|leak*|broken|open*|loose); smell*; taste*; crack* .. (surface|weld*|seam*); rust*; corro*; batch (problem|issue|number .. (quality|defect*)); complaint* from (our)? (customers|consumers|shoppers)
        3: returned by .. (consumer*|customer*); latent; inspect* .. (fail*|reject*); reject* .. (quality|inspection|batch|lot)
        6: customers .. (bring* .. back|complain*|returning|unhappy); (break*|fall* apart|tear*|fade*|shrink*) after .. (days|weeks|wash*|use|months); (tastes|smells|looks) (off|odd|bad|funny|strange|sour)
    """,
    "NC-07": """
        6: wrong (item*|article*|product*|goods|material*|model*|size*|colou?r|color|colour|variant*|sku*|flavou?r*|flavor*|flavour*|part*|code*|deliver*|reference*|version*|ean|type|case*|stock); incorrect (item*|article*|product*|goods|sku*|size*|colou?r|model*|part*|variant*|reference*)
        6: (received|got|delivered|sent|shipped|supplied) .. instead of; instead of .. (ordered|the ones|what we); not what (we|i|was) (ordered|had ordered|asked); different (item*|article*|product*|model*|size*|colour|color|sku*|goods|variant*|flavour*) .. (ordered|than|from|delivered|sent|received)
        5: substitut*; mix* up .. (item*|product*|order*|goods|article*); mis picked; mispick*; mis shipment; misshipment; picking (error|mistake); swapped; replaced .. (by|with) .. (another|different); other than (what was)? ordered
        4: ordered .. (but|and) (you|we|they)? (sent|received|delivered|got) .. ; not the (one|ones|item|product|article) (we)? ordered; mixed up; wrong ones; wrong
        4: (received|got|sent|delivered|came) .. (but)? (we|i)? (had)? ordered; instead of .. (we|i) (got|received)
        6: (arrived|came|sent|delivered) .. was on (the|our)? order; wrong (flavour|flavor|size|colour|color|pack|format|product|ones?)
    """,
    "NC-08": """
        6: price (difference*|error*|discrepanc*|variance*|mismatch|deviation*|claim*|mistake|dispute|issue|gap|too high); pricing (error*|discrepanc*|issue*|mistake*|dispute|difference*); wrong (unit)? price*; incorrect (unit)? price*; ppv
        6: (price*|unit price) .. (higher|does not match|do not match|doesn t match|don t match|not match|differs|not correct|not agree|is wrong|was wrong|are wrong|incorrect|deviat*|too high|not the) .. ; overcharg*; over charg*; overbill*; overpriced
        6: (agreed|contract|quoted|confirmed|valid|ordered|purchase order|po|list|order|negotiated|contractual) price* .. (is|was|of|are|should|instead|but|not|vs|versus|at|#|eur|per|in our); higher than .. (agreed|contract|quote*|order*|price list|confirmed|offer); instead of the (agreed|contract*|quoted|confirmed|correct) (unit)? (price*)? .. #?; price list
        5: invoiced at .. (instead|but|while|agreed|should|per|rather|vs); billed at .. (instead|but|while|agreed|should|per|rather|vs); charged at .. (instead|but|while|agreed|should|per|rather); charged .. more than .. (agreed|quote*|contract|order*); old price; new price .. (not|applied|before|without); price increase .. (not|without|never|applied|before|agreed|announced|too early|was|effective)
        5: price per (unit|case|kg|piece|item|carton|bottle|box|litre|pallet|tonne) .. (should|agreed|instead|is|was|not); our (order|po|contract) (says|shows|states|has|price); quotation .. (price|#); unit price*
        3: price*; pricing; cost price; quoted; tariff
        5: (quote*|contract|order|po|agreement|price list|confirmation) (says|shows|states|reads|said|has it at)
    """,
    "NC-09": """
        6: (discount*|rebate) .. (not|never|isn t|wasn t|hasn t) (been)? (applied|deducted|granted|given|included|shown|taken|considered|on the invoice|reflected); (missing|forgotten|forgot|omitted|without|lacks) .. (trade|agreed|contract*|customer|usual|our|the|standard|#)? discount*; discount* (is|was|are|were)? (missing|wrong|incorrect|omitted|forgotten|too low)
        6: (agreed|contract*|trade|customer|usual|standard|basic|invoice|line|special|wholesale|partner) discount*; wrong discount*; incorrect discount*; discount* of # .. (not|missing|should|agreed|instead|was|applied|only|is); # (percent|pct)? discount .. (not|missing|forgot*|agreed|should|only|instead)
        4: discount* .. (instead of|only|rather than|agreed|should be|too low); without .. discount*; terms .. discount .. (not|missing)
        2: discount*
    """,
    "NC-10": """
        6: (arithmetic*|calculation|computation*|addition|sum|totalling|extension|multiplication|casting) (error*|mistake*|is wrong|wrong); miscalculat*; wrong(ly)? (calculat*|total*|sum*|added|multipl*); incorrect(ly)? (calculat*|total*|sum*|added|multipl*)
        6: total .. (does not|doesn t|do not|don t|not) (add up|match|agree|tally|correspond|sum|equal); (line*|amount*|sum|figures|numbers|positions) .. (does not|doesn t|do not|don t|not) (add up|tally|sum|match .. total); added up .. (wrong|incorrect*); adds up to
        4: wrong total*; total (is|was)? (wrong|incorrect); total (says|shows|states|reads); (doesn t|does not|don t|do not|didn t) add up; add* up to .. (but|not|total|while); quantity times .. price; # x # .. (not|should|gives|is); recalculat*; line total*; correct total; sum of .. lines; miscount*; totals; rounding .. (line|position)
        3: should total; should be .. total; math*
    """,
    "NC-11": """
        6: late deliver*; delivered (too)? late; delay* deliver*; delivery delay*; deliver* .. (delay*|late); (arrived|came|received|shipped|delivered) .. (late|too late|days late|days after|weeks late|after the|with .. delay); delayed (shipment|deliver*|arrival|order)
        5: # (days|weeks|hours|day|week) (late|delay|overdue|after|behind); lateness; missed (delivery|slot|deadline|delivery window|delivery date|the agreed); agreed delivery date; promised delivery date; confirmed delivery date; after the (agreed|promised|confirmed|requested) .. date; behind schedule
        4: line (down|stop*|stood) .. ; production (stop*|stood|downtime); lost sales; delay*; too late .. (sell|use|promo*|season|event); past .. delivery (date|window)
        2: late; overdue deliver*
        6: (promised|due|booked|expected|scheduled) (for|on|by) .. (turned up|came|arrived|delivered|received|got here); (turned up|came|arrived) (only)? (on|in) .. (instead of|not)
        6: (arrived|came|delivered) .. (after|too late|late); (ordered|needed|wanted) (it|them|this)? for .. (arrived|came|delivered)
    """,
    "NC-12": """
        6: otif; on time in full; service level*; fill rate*; sla penal*; (delivery|logistic*|service|supply|late delivery|delay|punctuality|late|on time) penal*; contractual penal*; penalt* .. (late|delay*|deliver*|service|logistic*|otif|fill|contract|on time|missed|short*)
        6: on time (penal*|chargeback*|fine*|deliver*|fine|performance|rate); po on time; liquidated damages; scorecard; supplier (performance|scorecard); penalty; penalties; missed slot (fee*|charge*|penal*)
        3: penal*; chargeback*; performance (fee*|charge*|fine*)
    """,
    "NC-13": """
        6: compliance (fine*|charge*|chargeback*|fee*|penal*|violation*|deduct*|issue*|claim*); non complian*; noncomplian*; (label*|barcode*|asn|edi|routing|packaging|pallet*|sscc|gs1|carton|prep|ticket*|marking) (violation*|chargeback*|error*|fine*|charge*|non|noncompl*|fee*|penal*|defect*|infraction*|missing|not|wrong|incorrect)
        6: routing guide; vendor (compliance|guide|manual|violation*); missing (asn|label*|sscc|barcode*); late asn; asn (missing|late|not|inaccura*|error*|was); incorrect label*; wrong label*; mislabel*; unreadable (label*|barcode*|code*); barcode* .. (unreadable|missing|not|wrong|scan*)
        5: advance ship* not*; (label*|barcode*) (was|were|is|are)? (missing|unreadable|not readable|wrong|incorrect|not scannable); relabel*; re label*; repack*; repalletis*; repalletiz*; packaging (requirement*|instruction*|standard*|guideline*); supplier manual; handling fee*; pallet .. (height|too high|wrong type|not compliant|labelled)
        3: violation*; label*; barcode*; delivery without .. (appointment|booking|slot)
        6: without .. (sscc|label*|asn|barcode*|pallet ticket*|booking)
    """,
    "NC-14": """
        6: rma; return* (authori*|authoriz*|approved|agreed|note*|goods|shipment|as agreed|with your (approval|consent|agreement)|credit|material|merchandise|product*|stock|units|cartons|cases|items); authori* return*; agreed return*; goods return*; vret; vendor return; return to vendor; rtv
        6: returned (to you|goods|#|as agreed|with|under|on|via|per|the|by|items|products|units|stock|unsold|merchandise|all|your|in agreement|cases|cartons|pallets) ; (credit|refund) .. return*; return* .. (credit|refund|collected|picked up|accepted|received by you|sent back); sent back .. (agreed|rma|authori*|goods|#|to you)
        4: goods .. (were|have been|was) (returned|sent back|collected); return slip; return note; return delivery; collected .. (your|carrier|driver) .. return*; we (have)? (returned|sent back); approved by your (sales|rep*|agent) .. return*; return number
        3: return*; sent back; take back; taken back
    """,
    "NC-15": """
        6: return* without .. (authori*|approv*|agree*|rma|consent|notice); unauthori* return*; unauthoriz* return*; no rma; without (an|a|your)? (rma|authori*); not authori* .. return*; unsold (goods|stock|items|products|merchandise) .. (return*|send* back|sending|back); we (are|will be) (returning|sending back); have decided to return; want to return; would like to return; wish to return; (will|shall) (return|send) .. back
        6: refus* .. (delivery|shipment|goods|at our dock|acceptance|to accept); refused (delivery|shipment|goods|at .. (dock|door|gate|warehouse)); delivery refused; sending .. back .. (unsold|do not need|don t need|no longer|without); no longer need*; do(n t| not) need .. (them|these|goods) (anymore|any more|any longer); (sell|selling|sold) (badly|poorly|slowly) .. return*; overstock* .. return*
        3: returned on our own; unsold; not selling; without prior (agreement|approval|authori*)
    """,
    "NC-16": """
        7: recall*; product recall; withdraw* from (sale|the market|shelves|the shelves); market withdrawal; withdrawn .. (batch|lot|product*|shelves|sale); public withdrawal; safety (alert|notice|warning) .. (product*|batch|lot); taken off (the)? (shelves|sale)
        4: food safety authorit*; batch* .. (destroyed|withdrawn|blocked); destroy* .. (lot|batch|stock|recall*); rapid alert; salmonella; listeria; allergen*
    """,
    "NC-17": """
        7: (invoiced|billed|charged|invoice* us) (us)? (twice|double|two times|already|a second time); double (billing|invoic*|charg*|billed|invoiced|entry); duplicate* (invoice*|billing|bill|charge*|of invoice|document*); dup* invoice*; invoice* .. (duplicate*|twice|same as|identical to|already (been)? (invoiced|billed|charged|included))
        7: same (goods|delivery|order|items|shipment|products|invoice|amount|po|supply|delivery note|position*) .. (twice|two invoices|again|two times|both invoices|second invoice|already (invoiced|billed|charged)|on invoice); two invoices for (the)? (same|one|a single); (second|another) invoice for the same; already (invoiced|billed|charged) (with|on|by|under|in)
        4: identical invoice*; both invoices; invoice* .. (copy|repeat*) of invoice*; charged .. twice; repeated invoice; billed .. twice; invoiced .. twice
    """,
    "NC-18": """
        7: (not|isn t|is not) (our|ours|for us|meant for us|addressed to us|a customer|intended for) .. ; not our (invoice*|order*|purchase*|company|delivery|account*|debt); wrong (bill to|company|customer|recipient|addressee|legal entity|entity|debtor|billing address|address|vat number|party|buyer|subsidiary|invoice address); incorrect (bill to|company|customer|recipient|legal entity|entity|billing address|address|party)
        7: (invoice*|billed|addressed|issued) .. (to the wrong|to wrong|to another|to a different|to our (sister|parent|subsidiary|head office)|in the name of|should be (addressed|issued|billed|made out)|should have been (addressed|issued|billed)|made out to); belongs to (another|a different|someone|our sister|an other) ; different (company|legal entity|entity) .. ; sister company; should be billed to; bill to address
        4: nothing to do with us; do not (know|recognise|recognize) .. (invoice|company|order); no business with you; not placed by us; reissue .. (to|in the name|address*); re issue .. (to|in the name|address*); not a customer of; mistaken identity; wrong addressee
        2: addressed to; recipient
    """,
    "NC-19": """
        7: order .. (was|has been|had been|were|is|already)? .. cancel*; cancel* (the|this|our|my|that)? (order*|po|purchase order|delivery|contract .. before); cancel* .. (before|prior to) (ship*|deliver*|dispatch*|despatch*); (despite|after|although|even though) .. cancel*; cancelled (order*|po|on|in time|by (e)? ?mail|by phone)
        5: order cancellation; cancellation (confirm*|of order|of the order|was|notice|on|sent|request*); canceled order*; withdrew .. order; revoked .. order; (we|i) (had)? (cancelled|canceled)
        3: cancel*; cancellation
    """,
    "NC-20": """
        7: (vat|tax|gst|sales tax) (error*|rate|number|amount|is|was|should|wrong|incorrect|exempt*|charged|calculat*|not|missing|treatment|id); wrong (vat|tax|gst); incorrect (vat|tax|gst); reverse charge; (intra community|intracommunity|intra eu) .. ; zero rat*; vat exempt*; without vat; tax exempt*; vat .. (instead of|should be|wrong|incorrect|twice|exempt*|not applicable)
        4: vat; tax rate; charged .. (vat|tax); letter of intent; exempt* .. (vat|tax); tax (code|point); vies
    """,
    "NC-21": """
        7: freight (charge*|cost*|billed|invoiced|is|was|included|not|free|prepaid|collect|amount|surcharge|fee*|on|should|line); (shipping|transport*|delivery|carriage|postage|haulage|courier) (charge*|cost*|fee*|was|is|should|billed|invoiced|surcharge .. not|paid|cost should); carriage paid; free delivery; delivered duty; free shipping; ddp; dap; incoterm*; cpt; cip; carriage free
        5: (charged|billed|invoiced) .. (for)? (freight|shipping|carriage|postage|haulage); free (of freight|carriage|domicile|house|of carriage); (above|over|exceed*) .. (minimum order|free delivery|threshold) .. ; freight
        3: shipping; carriage; postage
        5: (postage|carriage|shipping|freight) .. (invoice|charged|why|free|supposed)
    """,
    "NC-22": """
        7: pallet* (exchange|account|balance|return*|deposit*|not (returned|exchanged|credited)|charge*|credit*|invoice*|billed|charged|bond|euro|epal|swap*|were (returned|exchanged)|voucher*|receipt*|deducted); empties; returnable (packaging|container*|crate*|bottle*|item*|pallet*|box*|transport); deposit (on|for|bottle*|crate*|refund*|charge*|keg*|not|of)
        7: (euro|epal|chep|lpr) pallet*; empty (pallet*|crate*|keg*|bottle*|container*|box*|roll*); crate* (return*|deposit*|balance|account); roll (cage*|container*); reusable (packaging|crate*|container*|pallet*); keg*; packaging deposit; load carrier*; pallet* .. (returned|exchanged|given back|handed back|deposit|not credited)
        2: pallet*; crates
    """,
    "NC-23": """
        7: surcharge*; (extra|additional|unagreed|unexpected|hidden|unknown|unauthorised|unjustified|undisclosed|administration|admin|handling|minimum order|small order|processing|service|setup|set up|packing|packaging|environmental|energy|fuel|toll|diesel|documentation|insurance|cleaning|storage|material|low quantity|urgent|express) (charge*|fee*|cost*|surcharge*|supplement*); supplement* (not|was|of|for|charged|never)
        5: (charge*|fee*|cost*|position|line|amount|item) .. (not|never) (been)? (agreed|ordered|authori*|accepted|requested|discussed|in the contract|part of|contractual|covered|announced|quoted|approved)
        3: not agreed; never agreed; did not agree .. (charge*|fee*|cost*); extra charge*; not in .. (contract|quotation|offer|order)
    """,
    "NC-24": """
        7: (po|purchase order|order) (number|no|reference|ref|nr|#)? (is|was|are)? (missing|not (shown|stated|on|quoted|mentioned|indicated|specified|given|included|valid|found|correct|in our system)|wrong|incorrect|invalid|absent|required|must be|unknown|closed|does not exist); (missing|wrong|incorrect|invalid|without|no|need|needs|quote|lacks|unknown|add|include|state|put) (a|the|our|any|your|valid|correct)? (valid|correct|our)? (po|purchase order|order) (number*|no|reference*|ref|nr)?
        4: no po; order reference .. (missing|wrong|need*); po number; without po; unable to (match|process) .. (po|order); no po no pay; po mismatch; three way match
        6: (not|n t) (show|state|quote|mention|carry|have|include|bear|contain) .. (po|purchase order|order) (number|no|reference); po (number)? .. not on
    """,
    "NC-25": """
        7: (pod|proof of delivery|proof of receipt|signed delivery note*|delivery receipt*|signed (pod|cmr|note|docket)|delivery confirmation|delivery docket*) .. (missing|required|please|send|provide|need*|never|request*|absent|not (attached|received|provided|available|enclosed)); (send|provide|need|require|forward|missing|request*|without|no|want|see|get|have) .. (pod|proof of delivery|signed delivery note*|signed (pod|cmr|docket)|delivery confirmation|delivery receipt)
        2: proof of delivery; pod
        5: signature of .. (receiver|recipient|warehouse); who signed; who received
    """,
    "NC-26": """
        7: (not|never) (yet)? (received|got|seen|gotten|had|in possession of) .. (invoice*|bill|bills|original); invoice* .. (not|never) (been)? (received|arrived|reached|sent|in our system|on our system|booked|registered|found|on file|on our account|here|with us|available); (haven t|hasn t|didn t|don t|did not|do not|cannot|can t|have not|has not) .. (received|receive|got|get|have|find|found|seen|see|recorded|locate) .. (invoice*|bill|this document)
        6: (missing|lost|unreceived) (invoice*|original invoice*); without (an|the|your)? invoice; invoice (copy|copies|duplicate .. please|missing|is missing|has gone missing); (send|resend|re send|forward|provide|email|need|require|mail|get|want|have) .. (copy|copies|duplicate|invoice*|pdf) ; copy of .. invoice*; copies of .. invoice*; copy invoice*
        4: invoice* not; no invoice; original invoice; resend
    """,
    "NC-27": """
        7: (missing|lacks|without|incomplete|wrong|incorrect|insufficient|omits|omitted|no) .. (mandatory|legal|required|statutory|supplier number|vendor number|vat id|tax id|gln|iban|cost cent*|delivery date|country of origin|commodity code|customs|tariff code|batch number|article number*|delivery note number|bank details|contract number|project number|e ?invoice|iso number) .. ; invoice .. (not (compliant|valid|in order|conform|complete|legal|readable)|invalid|incomplete|rejected .. (missing|data|format|field*|validation)|unreadable|illegible); mandatory (data|field*|information|detail*|particulars|element*)
        4: cost cent* (missing|number|is); formal* (error*|incorrect|defect*|requirement*); legally required; data missing; details missing; supplier number; vendor number; (xml|format) .. (invalid|reject*|error*); rejected by .. (portal|system|sdi|platform)
    """,
    "NC-28": """
        7: payment term* (is|are|was|were|of|not|agreed|should|wrong|incorrect|differ*|instead|on|do|does|discrepan*|dispute); (due date|maturity|due on) .. (wrong|incorrect|not|should|too early|differ*|agreed|instead|before|earlier|does|error*); wrong (due date|payment term*|terms|maturity); incorrect (due date|payment term*|terms|maturity); (agreed|our|contract*|standard|usual) (payment)? term* .. (# days|are|is|net|#)
        6: # days .. (instead of|not|rather than|agreed|but|and not) .. #; not (yet)? due; terms of # days; net # .. (not|instead|agreed|rather); (invoice*|it|this|they) (is|are) not (yet)? due; due date (should|must|has to) be; terms are #; days net; end of month .. (# days|terms|not|agreed); reminder (too early|premature|before)
        3: payment term*; due date*; days end of month; terms
    """,
    "NC-29": """
        7: service* .. (not|never|badly|poorly|only partly|only partially|incomplete*|unsatisfactor*|inadequate*|partially|insufficient*) .. (rendered|performed|provided|carried out|delivered|done|completed|executed|satisf*|supplied|rendered|fulfil*|what|up to|as agreed|acceptable); (technician|engineer|fitter|installer|mechanic|plumber|cleaner*|driver|crew|team|consultant|trainer) .. (not|never|late|did not|didn t|no show|left|failed) .. ; work .. (not|never|badly|poorly) .. (done|completed|finished|carried out|satisf*|performed|executed|acceptable)
        6: (installation|maintenance|cleaning|training|consult*|assembly|inspection|repair work|service visit|subscription|support|hosting|security) .. (not|never|incomplete*|badly|poorly|did not|didn t|only|missed|unfinished|failed) .. ; not performed; poor service; bad service; service (failure|not|was not|complaint|hours|outage); hours .. (not|never) (worked|performed|rendered|done); outage*; downtime .. service
        4: service*; workmanship; timesheet*; hours billed
        6: (crew|cleaner*|technician|engineer*|team|guard*|gardener*) .. (only)? (came|come|attended|visited) .. (instead of|only|not|never|times); only came
    """,
    "NC-30": """
        7: break* down; breakdown*; broke down; broken down; technical (fault*|problem*|failure*|defect*|issue*|malfunction*); out of order; (machine*|equipment|device*|unit|appliance*|engine|motor|pump*|boiler|compressor|fridge|freezer|printer*|system*|router|line|modem|meter|oven|coffee machine|scale*|forklift|elevator|lift) .. (not working|does not work|doesn t work|stopped|fail*|fault*|broke*|malfunction*|out of (order|service)|defect*|repair*|dead|down|error)
        5: (under|within|still) (the)? (warranty|guarantee); warranty (claim*|repair*|case*|period|cover*); repair (invoice*|cost*|bill*|charge*|was|still|not|needed|needs|failed|again); needs repair; needed repair; not repaired; repaired .. (again|twice|times|still|not); recurring fault; same fault; (service|repair) ticket
        3: malfunction*; repair*; warranty; fault; technician; guarantee
    """,
    "NC-31": """
        7: weight (difference*|discrepanc*|variance*|loss|shortage|deviation*|is|was|does not|on|invoiced|not|mismatch|claim|less); weigh* (less|only|bridge*|in at|slip*|ticket*|difference|#); under weight; underweight; net weight; gross weight; tare; drained weight
        5: (kg|kilo*|tonne*|ton|tons|lbs|pounds|kgs) .. (less|instead of|missing|short|invoiced|received|but|only|difference|weighed|delivered); # (kg|kgs|kilo*|tonne*|tons|t|lbs) (less|short|missing|under|difference|instead); invoiced .. (kg|kgs|kilo*|tonne*|tons); weighbridge; scale ticket*
        3: weigh*; kg; tonnes
        7: (weighbridge|weighed|scale*|our scales) .. #; (invoiced|billed) # (t|kg|kgs|tonnes|tons|kilos); # (t|kg|tonnes|tons) .. (weighed|weighbridge|scale*)
    """,
    "NC-32": """
        7: consignment (stock|goods|basis|agreement|contract|sale|invoice*|warehouse|inventor*|count|account|terms|deal|unsold|is|was|not|#)?; on consignment; sale or return; vmi; vendor managed; not (yet)? (sold|withdrawn|consumed) .. (consignment|stock|warehouse); invoiced .. (not|never|still) .. (sold|withdrawn|consumed); consigned
        4: unsold consignment; still in .. (our)? (stock|warehouse|store*) .. (not sold|unsold|consign*|invoiced); stock count
    """,
    "NC-33": """
        7: meter (reading*|is|was|number|fault*|data|not|wrong|shows|error|exchange|readings|swapped|mixed); estimated (reading*|bill*|consumption|usage|invoice*|value*); consumption (too high|is|was|figures|billed|estimate*|abnormal|does not|not|error|of|impossible|data|far|much|way); (kwh|smc|m3|cubic met*) .. ; actual reading*; self reading*; (water|gas|electric*|energy|heating|power) (bill*|consumption|usage|meter*|leak*)
        4: meter*; reading*; consumption; usage .. (too high|wrong|estimate*);
        4: kwh; cubic metres; m3
        7: based on an estimat*; meter (actually)? (shows|reads|says)
    """,
    "NC-34": """
        7: tariff (not|is|was|wrong|agreed|applied|change*|differ*|plan|instead|incorrect|higher|conditions|switch*); wrong (tariff|plan|rate plan|contract (price|rate|conditions)); (contract|plan|tariff|subscription) .. (conditions|price|rate) .. (not|differ*|change*|higher|instead|applied|agreed|respected|breach*|promis*); rate plan; (bandwidth|roaming|data) .. (charge*|fee*|billed|plan)
        5: monthly fee .. (instead|should|agreed|higher|contract*|promis*|was|not); price guarantee; fixed price .. (contract|tariff|energy|guarantee*); welcome bonus; unilateral .. (change*|increase*|modif*|price); contract condition*; (sales (rep*|agent|person)|hotline|call cent*|your (agent|rep*)) .. (promised|told|offered|said|assured)
        3: tariff; contractual condition*; subscription; phone plan
        6: price per kwh .. (contract|agreed|signed|fixed); kwh price; unit rate .. (contract|agreed|signed|quoted)
    """,
    "NC-35": """
        7: identity theft; stolen identity; (never|not) (signed|concluded|entered into|made|had|agreed to|requested|subscribed|activated|authori*|opened|taken out|have) .. (contract*|agreement*|subscription*|account*|activation|supply|service*|line); unknown contract; (do not|don t|did not|didn t|no) .. (know|have|recognise|recognize|sign|conclude|activate|open) .. (contract*|agreement*|account*|subscription*)
        7: (fraud*|forged|fake) .. (contract*|signature*|activation|account*|order*|document*|name|identity|data) ; without my (consent|knowledge|permission|signature) ; unsolicited (activation|contract|supply|service|subscription); (used|misused|abused|using) my (data|identity|name|details|documents); police report*; reported .. police; in my name; signature is not mine; not my signature
        4: fraud*; identity; forged; scam*; victim of
    """,
    "FI-01": """
        7: (cash|early payment|prompt payment|settlement) discount* ; early (payment|settlement) discount*; prompt pay*; skonto; (# |two |three |one )?(percent)? discount .. (within|for payment|early|prompt|paid in|if paid|paying) ; (deducted|taken|took|less|minus|applied|used) .. (cash discount|early payment|prompt payment|settlement discount|skonto|# discount)
        5: (within|in) # days .. discount; discount terms; # # days; # # net #; paid within .. (discount|#); discount period; discount (taken|deducted|earned|as per terms|for early)
        2: discount
    """,
    "FI-02": """
        7: (cash|early payment|prompt payment|settlement) discount* .. (although|even though|late|after|too late|expired|not entitled|unearned|still|anyway|goodwill|despite|beyond|days late|outside|missed|higher|too much); unearned discount*; (although|even though|despite|late|after) .. (deducted|took|taken|discount period|discount deadline|cash discount|settlement discount|# discount) .. ; discount (period|deadline|date) .. (expired|passed|over|missed|exceeded|elapsed|gone|had|lapsed); missed .. discount (period|deadline|date)
        4: unjustified discount*; late payment .. discount; discount .. (goodwill|courtesy|exception*|few days late|days too late|day late)
    """,
    "FI-03": """
        7: bank (charge*|fee*|cost*|commission*|deduct*|expens*); transfer (fee*|charge*|cost*|commission); (wire|swift|sepa) (fee*|charge*|cost*); correspondent bank*; intermediary bank*; charges (our|sha|ben|shared|deducted by .. bank); our bank (deducted|charged|took|kept); banking (fee*|charge*|cost*)
        3: fee* deducted; charges shared
    """,
    "FI-04": """
        7: exchange (rate*|difference*|loss*|gain*); currency (difference*|conversion|loss*|rate*|fluctuat*|variance*); fx (difference*|rate*|loss*|variance*|adjust*); conversion (rate*|difference*|loss*); foreign exchange; rate of exchange; (converted|paid) .. (at the rate|at a rate|rate of|into|in (usd|gbp|eur|chf|dollars|pounds|euro*)) ; ecb rate; daily rate
        3: exchange; currency; converted
    """,
    "FI-05": """
        7: rounding*; rounded (down|off|up|amount|to|it); small (difference*|balance*|amount*|discrepanc*); (cent|cents|penny|pence|pennies) (difference*|off|discrepan*|missing|short|rounding|variance); difference of .. (cent*|pence|penny); minor difference*; petty (difference*|balance*); trivial (difference*|amount*|balance*); few (cents|pence|pennies)
        3: cents; pence; round
    """,
    "FI-06": """
        7: withholding (tax*|certificate*|amount|on|at|of|#|deduct*|was|is)?; withheld .. tax*; tax (withheld|deducted at source|at source|retention|retained); wht; (deducted|withheld|retained|less|minus|subtracted) .. withholding; tax certificate; double tax* (treaty|agreement|convention)
        3: withheld; retention; at source
    """,
    "FI-07": """
        7: split payment*; (vat|iva) .. (paid|remitted|transferred|settled) (directly)? to (the)? (treasury|tax|state|authorit*|revenue|exchequer); art* 17 ter; 17 ter; scissione dei pagamenti; vat .. (withheld|retained|paid by us|split); public (body|administration|entity) .. vat
    """,
    "FI-08": """
        7: already (been)? (paid|settled|transferred|remitted|cleared|wired); (was|were|has been|have been|is|are) (already)? (paid|settled|transferred|remitted) (on|by|in full|with|last|in|via|together|to|#|long|already|weeks|yesterday); paid .. (on #|already|in full|last (week|month)|by (bank)? ?transfer|together with|weeks ago|days ago|yesterday|directly to|to your (agent|rep*|driver|factor|other)) ; (we|i) (have|had|ve)? (already)? paid (it|this|the|that|these|your|both|all|invoice*|them|on|you)
        6: payment (was|has been|had been|is|were) (already)? (made|sent|executed|transferred|effected|done|debited|issued|instructed|released|processed)  ; see .. (attached)? (proof of payment|payment confirmation|bank statement|transfer (receipt|confirmation|slip)); proof of payment; payment receipt; paid to (a|the)? (third party|wrong account|factor*|agent); (cheque|check) .. (cashed|cleared|sent)
        3: paid; settled; transfer* .. (made|executed|sent); remitted
    """,
    "FI-09": """
        7: (offset*|set off|setoff|netted|net off|netting|compensat*|balanc*) .. (against|with|our|counter|credit|debit note|claim*|invoice*|open|your|by); our (own)? (counter ?claim*|receivable*|claim against you|credit balance|invoice* to you|open (claim*|receivable*)); counter ?claim*; debit note* .. (offset|against|not (yet)? (credited|settled|considered)|open|outstanding); credit balance .. (used|offset|deduct*|against|our|in our favo*); credit note* .. (deducted|offset|used|not yet|outstanding|against|still|open|pending|missing|never|waiting|promised)
        5: contra; deducted .. (debit note*|our invoice*|credit balance*|open credit*|your debt*|what you owe); you (still)? owe us; in our favo*r; outstanding credit*; mutual (claims|debts|accounts)
    """,
    "FI-10": """
        7: (late|default|overdue|arrears|reminder|dunning|collection|recovery|penalty) (payment)? (interest|fee*|charge*|cost*) ; interest .. (not|contest*|dispute*|waive*|cancel*|unjustified|invoice*|charge*|late|reminder|refuse*|accept*|reject*|remove*|reverse*|write); (reminder|dunning) (fee*|charge*|cost*); late (fee*|charge*|payment fee*); waive .. (interest|fee*|charge*); (not|won t|refuse*|reject*|dispute*|contest*) .. (interest|late fee*|reminder fee*|compensation|dunning)
        5: 40 (eur*|pounds) .. (compensation|lump); 40 eur* .. (compensation|fixed|recovery|flat|lump); recovery cost*; fixed compensation; interest (charge*|invoice*|note*|demand*|claim*|amount*|rate|calculat*)
        3: interest; late fee
    """,
    "FI-11": """
        7: (agent*|factor*|del credere|central payer|payment cent*|collection|central settlement|clearing|central regul*|group|buying group|purchasing group|association|platform|marketplace) (commission*|fee*|deduct*|charge*); del credere; commission* (deduct*|of|agreed|retained|for|on|#|due|withheld|is|was); factoring (fee*|commission*|cost*|charge*); central (settlement|payment|billing) (fee*|commission*|discount*)
        3: commission*; factor*; marketplace fee*
    """,
    "FI-12": """
        7: insolven*; bankrupt*; (chapter) # ; administration (order|proceeding*|has been|appointed); administrator (appointed|has been|was|of|in|letter); receiver* (appointed|has been|was|ship*); liquidat* (proceeding*|has been|was|of|order|appointed|company|voluntary|compulsory)?; winding up; creditors (meeting|voluntary|arrangement); court protection; moratorium; company voluntary arrangement; cva; file .. proof of (claim|debt); creditor* protection
        3: administrator; restructur*; receivership
    """,
    "FI-13": """
        7: (part|partial) pay*; (first|second|next|last|remaining) (instal*|half|part|portion) .. ; (rest|remainder|remaining|balance|the other half|second half) (amount|balance|sum|part)? .. (follow*|later|next|will be|to be|shall be|in # (days|weeks)|end of|on #|by|paid|pay|transfer*) ; pay* (only)? (part|half|a part|a portion|an amount) (of|now|today|first)?; on account; (half|part|portion) (of it)? (now|today|paid)
        3: instal*; remainder; part payment; pay* in (two|three|#)
    """,
    "FI-14": """
        7: anticipat*; anticipation (discount|interest|deduct*|rate|of)?; (interest|discount) for (early|earlier|advance|anticipat*) pay*; paid (#|.. days)? (early|earlier|ahead|before due|in advance) .. (interest|discount|anticipat*|deduct*|less); dynamic discount*; supply chain financ*; early pay* program*; paid in advance .. (interest|discount|deduct*|less); prepayment (interest|discount)
    """,
    "FI-15": """
        7: over ?paid; overpay*; over pay*; paid (too much|twice|double|in excess|more than|a second time|by mistake|in error); double pay*; duplicate pay*; excess pay*; (refund*|return|reimburse*|give back|pay back|use|offset) .. (overpay*|over pay*|excess|double pay*|duplicate pay*|too much|credit balance); (credit|surplus) .. (refund*|our account|in our favo*|use|transfer*) ; too much .. (paid|transferred|sent)
        4: credit balance; refund .. (amount|balance|credit|payment|difference); in excess; paid .. twice; payment .. (twice|double|in error|by mistake)
        6: (two|2|double) (payments|transfers) .. (same|one) invoice; (sent|transferred|paid) .. (twice|two times)
        7: (paid|transferred|sent) .. (twice|in error|by mistake|a second time|two times|too much)
    """,
    "FI-16": "",
    "FI-17": "",
}
