# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""Spanish phrases for the 67 claim reasons. The number before the colon is their weight."""

from __future__ import annotations

from typing import Final

REASONS_ES: Final[dict[str, str]] = {
    "CO-01": """
        6: (promoci*|promo|oferta|descuento promo*|precio promo*|precio (de)? oferta) .. (no|sin|falta*|olvid*|omit*) .. (aplica*|descont*|reflej*|consider*|factur*|incluid*|respet*|recog*|tenid*)? ; (no|sin|falta*|olvid*|omit*) .. (aplica*|descont*|reflej*|respet*|tenid*)? .. (promoci*|la promo|promo|precio (de)? oferta|oferta|precio promo*|descuento promo*) ; (en lugar|en vez) del? (precio)? (promo*|oferta|de (promoción|oferta)|folleto); (precio|tarifa) (normal|de tarifa|completo|sin promo*|pvp) .. (promo*|oferta|lugar|folleto|campaña)
        5: precio promo*; descuento promo*; condiciones promo*; precio de (oferta|folleto|promoción); periodo promo*; durante .. (promoción|oferta|campaña promo*); promoción (no|pactad*|acordad*|vigente)
        2: promoci*; promo; oferta; folleto
        7: (en oferta|en promoción|de oferta) .. (precio (normal|completo)|sin descuento)
    """,
    "CO-02": """
        7: sell ?out; (apoyo|aportación|contribución|bonificación|liquidación|campaña) .. (sell out|ventas al consumidor|salida* (de|por) caja|ventas por caja|escane*); (datos|ventas|salidas|pases|unidades) (de|por|en) (caja|tpv|escáner|escaner); unidades (escaneadas|vendidas|pasadas por caja); scan ?back; bill ?back
        4: escane*; tpv; ventas reales
    """,
    "CO-03": """
        7: publicidad (cooperativa|compartida|conjunta|en (folleto|catálogo|revista|prensa|tienda)|de|del|cooperación); (aportación|participación|contribución|colaboración|cargo|coste) .. (publicit*|publicidad|folleto*|catálogo*|revista*|prensa|encarte*|cuña*|radio|valla*|tv|anuncio*); (página|espacio|inserción|aparición|presencia|anuncio) .. (folleto*|catálogo*|revista*|publicit*|prensa|periódico); campaña (publicitaria|de publicidad|de radio|en prensa|tv); cooperación publicitaria
        3: publicidad; publicitari*; catálogo; folleto .. (coste|aportación|participación|cargo)
    """,
    "CO-04": """
        7: (aportación*|contribución|fondo*|presupuesto|apoyo|colaboración|plan|servicios|cargo) (de|al|a|comercial)? (la)? (marketing|margen|mercadotecnia|trade marketing|retail media|actividades? de marketing); (compensación|garantía|apoyo|complemento|pérdida|mantenimiento) (de|del|al)? margen; trade marketing; retail media; aportación comercial
        3: marketing; aportaci*; mercadotecnia
    """,
    "CO-05": """
        8: rappel*; rápel*; rapel*; (bonificación|bonus|prima|descuento|abono|incentivo) (por|de|sobre|anual*|del)? (volumen*|fin de año|anual*|objetivo*|consumo*|cumplimiento|crecimiento|final de año|compras anual*|trimestral*|facturación anual|ventas anuales); (objetivo*|escala*|tramo*|volumen|cifra) .. (alcanz*|super*|consegu*|lograd*|cumpl*|compras)
        3: atípico*; bonificaci* anual*
    """,
    "CO-06": """
        8: (aportación|apoyo|contribución|participación|ayuda|compensación) .. (rebaja*|liquidación|saldo*|depreciaci*|fin de temporada|descatalog*|remarc*|outlet|stock lento|excedente* de temporada|bajada de pvp); mark ?down*; rebaja* (de|por|fin|en|temporada); remarc*; fin de (temporada|serie); descatalogad*; (baja|lenta|poca) rotación; liquidación (de|del)? (stock|existencias|temporada|producto*)
    """,
    "CO-07": """
        8: (canon|derecho*|cuota|tasa|aportación|cargo|coste) .. (referenciaci*|referenciamiento|alta*|codificaci*|nuev* (referencia*|producto*|artículo*|línea*)|surtido|entrada|listing|introducción|lineal nuevo); referenciamiento; referenciaci*; alta* (de|en|nueva*)? (referencia*|producto*|artículo*|surtido|nueva*|código*); slotting; listing; introducción (de)? (nuev*|producto*|referencia*|novedad*); (nuev* referencia*|novedad*) .. (alta|cuota|aportación|codific*|introduc*)
    """,
    "CO-08": """
        8: cabecera* (de)? (góndola|lineal)?; (expositor*|isla*|lineal*|góndola|mueble*|display*|exhibi*|box pallet|stand|escaparate*|punta de góndola) .. (alquiler|aportación|cargo|espacio|coste|colocación|contribución|colaboración|pago|cuota|exposición|exhibición|adicional*|servicio|instalación|promocional*)?; (alquiler|aportación|cargo|cuota|coste|colaboración|contribución|servicio) .. (cabecera*|expositor*|isla*|lineal*|góndola*|exhibi*|espacio* (preferente|adicional|en tienda)|exposición|merchandising|reposici*|display*|escaparate); merchandising; reposición (en|de|del)? (lineal|tienda|estanter*); exposición (adicional|preferente|especial); plv; exhibici*
    """,
    "CO-09": """
        8: (apertura*|inauguraci*|reapertura*|reforma*) (de|nueva*|del|por)? (nueva*|un|una|tienda*|local*|centro*|establecimiento*|punto|supermercado*|delegación)?; nueva (tienda|apertura|delegación|sucursal); nuevo (centro|local|establecimiento|punto de venta|supermercado); (aportación|descuento|contribución|colaboración|apoyo) .. (apertura*|inauguraci*|reforma*|remodelaci*); pedido de (apertura|implantación); primera implantación; inauguraci*
    """,
    "CO-10": """
        8: protección (de|del|al)? (stock*|precio*|existencias|tarifa*|inventario); price protection; (bajada|reducción|descenso|caída|disminución) (de|del|en)? (el|los)? (precio*|tarifa*|pvp) .. (stock*|existencias|inventario|almacén|compens*|protecc*); (stock*|existencias|inventario) .. (precio anterior|antigu* (precio|tarifa)|bajada|compens*|deprecia*|revaloriz*|tarifa anterior|reducción de precio); floor stock; compensación (de)? (stock*|existencias|inventario); regularización .. stock .. precio
    """,
    "CO-11": """
        8: cupon*; cupón*; vale* (descuento|regalo|de (compra|descuento)|canjead*|redimid*); (tarjeta*|cheque*) regalo; bono* (descuento|regalo); vales .. canje*
    """,
    "CO-12": """
        8: (mercancía*|producto*|caja*|botella*|unidad*|género|pieza*|artículo*|bulto*) (sin cargo|gratis|gratuit*|de regalo|regalo|bonificad*); sin cargo .. (no|falta*|factur*|cobrad*|recib*|olvid*); (falta*|no|olvid*|sin) .. (sin cargo|mercancía gratuita|de regalo|bonificad* en especie|unidades gratis|cajas gratis|regalo*|género bonificado); # más #; bonificación en (especie|mercancía|producto|género); por cada # .. (gratis|regalo|sin cargo); regalo* promocional*
        4: sin cargo; gratis; gratuit*
    """,
    "CO-13": """
        8: (descuento*|aportación|bonificación|contribución|compensación|cargo|colaboración) .. (logístic*|plataforma*|almacén|centralizaci*|recogida*|camión completo|palet* completo*|carga completa|transporte propio|distribución|capa completa|en fábrica|retirada en|entrega centralizada|muelle); descuento (logístico|por (recogida|camión|palet|plataforma|carga)|recogida); (recogida|retirada) (con)? (medios propios|en fábrica|en sus|por nuestros|nuestros camiones|en su almacén); camión completo; centralizaci*; logístic* .. (descuento|aportación|bonific*)
        9: recog* (nosotros|con (nuestro|nuestros|medios)|en (su|vuestro) almacén); descuento por recogida
    """,
    "CO-14": """
        8: (porcentaje|provisión|bonificación|descuento|forfait|acuerdo|abono|cuota|tanto alzado|por ciento|#) .. (mermas?|rotura*|invendible*|averiad*|defectuos*|caducad*|deteriorad*|mal estado|devoluciones) (pactad*|acordad*|contract*|según|en concepto|fijo|convenid*|en lugar)?; (merma*|rotura*|invendible*|defectuos*) .. (contract*|pactad*|acuerdo|convenid*|según contrato|%|tanto alzado); invendible*; merma (pactada|contractual|acordada|comercial|conocida); en lugar de devoluciones; cargo por merma*; forfait de (roturas|mermas|devoluciones)
    """,
    "CO-15": """
        8: ship and debit; (igualación|apoyo|ayuda|compensación|protección|ajuste|adaptación) .. (competencia|competidor*|competitiv*|precio* (de)? mercado); (competencia|competidor*) .. (precio*|igual*|apoyo|compens*|ofert*); precio* especial* .. (proyecto|obra|cliente final|reventa|acuerdo|licitación|concurso|distribuidor); (precio* (de)? (proyecto|obra)); precio especial autoriz*
    """,
    "NC-01": """
        8: (falta|faltan|faltaba|faltaban|faltó|faltaron|faltante*) (#|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|varias|varios|algun*|caja*|bulto*|palet*|mercancía|género|unidad*|pieza*|botella*|producto*|por recibir|de (mercancía|género|bultos|unidades|entrega|cajas)|en (la|el) (entrega|albarán|pedido)|parte) ; (caja*|bulto*|palet*|unidad*|pieza*|botella*|mercancía|género|producto*|paquete*|saco*|artículo*|referencia*|envase*|garrafa*|bote*|lata*|uds) (faltante*|que falta*|no (recibid*|entregad*|llegad*|servid*)|de menos|sin (entregar|recibir)|faltan); # (caja*|bulto*|palet*|unidad*|pieza*|botella*|uds|paquete*|saco*|lata*|bote*) (de)? menos; merma (en|de) (la)? entrega
        10: (sólo|solo|solamente|únicamente) (#|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|hemos|han|nos|recib*|llegaron|se|entreg*|había|venían) .. (recib*|entreg*|llega*|caja*|bulto*|unidad*|palet*|#|botella*|pieza*|descarg*|contado*|uds) ; (recibid*|recibimos|llegado|llegaron|entregado|entregaron|contado|descargado|servido|recibió) (sólo|solo|solamente|únicamente) ; # en (lugar|vez) de #; en (lugar|vez) de (las|los)? # .. (recib*|caja*|bulto*|unidad*|pedid*|factur*|entreg*|palet*|botella*|que)?; menos .. (de lo|de las|de los|que (lo|las|los)) .. (factur*|pedid*|albarán|indica*|solicit*)
        6: entrega (incompleta|parcial|corta|no completa); (diferencia*|error*|discrepancia*|descuadre*|incidencia*) (de|en|en las|en la)? (cantidad*|unidades|entrega|bultos|recepción); cantidad* (inferior*|incorrect*|errón*|entregad*|recibid*|facturad*|menor*|distint*|faltante*|no (coincid*|corresp*)); (facturad*|cobrad*|facturaron|facturan) # .. (recib*|entreg*|pero|y (solo|sólo)|cuando); (reserva*|anotad*|indicad*|apunt*|firmad*|hecho constar|constar) .. (albarán|cmr|falta*|conductor|transportista); pedido incompleto; faltante*
        4: falta*; no (ha|han|hemos)? (llegado|recibido|entregado) (todo*|toda*|complet*); de menos; falta mercancía
        2: cantidad*; reserva*
        7: # (cajas|bultos|palets|unidades|botellas|piezas)? .. (descargad*|recibid*|contad*|llegad*|recibimos) (solo|sólo)? #; (facturad*|pedid*) # .. (recibid*|llegad*|recibimos|descargad*|contad*)
        6: (caja*|bulto*|palet*|unidad*|pieza*|botella*|mercancía|género|producto*|paquete*|saco*) .. (falta*|faltan|faltaban|faltaron|de menos|no entregad*)
        7: no (estaban|venían|llegaron) tod*; (contad*|encontrad*|llegad*) # .. (albarán|factura|indica*|lugar|vez) .. #; # en (lugar|vez) de #; (faltaron|faltaban|faltan) #
    """,
    "NC-02": """
        9: falta* ocult*; faltante* ocult*; (al abrir|abriendo|al desembalar|desembalando|tras abrir|después de abrir|una vez abiert*|al desempaquetar|al desprecintar|cuando abrimos|al deshacer|en el desembalaje) .. ; (precintad*|sellad*|intact*|cerrad*|retractilad*|filmad*|flejad*|perfecto estado exterior) .. (pero|falta*|conten*|dentro|interior|solo|sólo|menos|vací*|había|venía*|embargo); (caja*|bulto*|cartón|paquete*|estuches?) (vací*|incomplet*)
        5: (dentro|interior) .. (caja*|bulto*|palet*|solo|sólo|falta*|menos); (detectad*|descubiert*|comprobad*|vimos|observ*|encontr*|advert*) .. (posterior*|después|al abrir|desembal*|inventario|al ubicar|al reponer|más tarde) .. ; no (era)? (visible|apreciable|aparente) (en|al|a la|durante|a simple); vicio oculto .. cantidad
    """,
    "NC-03": """
        9: (no|nunca|jamás|sin|aún no|todavía no) (se|nos|ha|han|hemos|he|fue|fueron|habéis|haya|había)? (ha|han|hemos|sido|nos|fue|habéis|habían)? (sido)? (entregad*|recibid*|llegad*|recibir|entregar|llegó|llegaron|servid*|recibimos|enviad*|entregaron|entregó|recibí) .. (mercancía*|pedido*|género|envío*|material*|palet* completo|entrega|nada|ningun*|producto*|bulto alguno|paquete*|compra); (mercancía*|pedido*|género|envío*|material|entrega|paquete*|producto*|palet*|bultos) .. (no|nunca|jamás|aún no|todavía no) (se|nos|ha|han|fue|fueron|lo|la|los|las|hemos|consta|llegó)? .. (entregad*|recibid*|llegad*|llegó|llegaron|recibimos|servid*|enviad*|recibido|consta*|entregó|aparec*); (no entrega|falta de entrega|no entregad*|entrega no (realizad*|efectuad*)|nunca (llegó|llegaron|entreg*|recib*)|no servid*); facturad* (y|pero)? (no|sin|nunca) (entregad*|servid*|enviad*|recibid*|entregar|servir)
        6: (perdid*|extraviad*|extravío|pérdida) .. (transporte*|envío*|paquete*|mercancía|agencia|transportista|bulto*|palet*)?; no (hemos|he|han) recibido (nada|la mercancía|el pedido|el género|el material|ningun*|todavía|aún|estos|dicho|dicha|este|esta) ; (seguimos|estamos|sigo) esperando .. (mercancía|pedido|entrega|género|envío|material) ; dónde está .. (pedido|mercancía|envío); no entregad*; pendiente de entreg*; no (ha|han) llegado
    """,
    "NC-04": """
        9: (exceso*|excedente*|sobrante*) (de)? (mercancía|entrega|cantidad|género|stock|unidades|cajas)?; (no|nunca|jamás|sin haber) (se|lo|la|los|las|hemos|habíamos|ha|he|fue|fueron|hemos|haber)? (sido|han|ha)? (pedid*|solicitad*|encargad*|pedimos|pedí|solicitamos|haber pedido); (entregad*|enviad*|recibid*|servid*|mandad*|han (enviado|entregado|mandado|servido)|llegado) .. (de más|de sobra|dos veces|doble*|en exceso|por duplicado|más (de lo|cantidad|unidades|cajas|del|que)|sin pedir*|no (pedid*|solicitad*)|duplicad*); # (caja*|bulto*|palet*|unidad*|pieza*|botella*|uds) (de más|de sobra|sobrante*|en exceso|adicional*|no (pedid*|solicit*)|más de); (mercancía|género|producto*|artículo*) no (pedid*|solicitad*); entrega (doble|duplicada|en exceso); doble entrega; sin pedido .. (entreg*|envi*|recib*)
        4: sobran #; de más; de sobra; sobrante*; retir* .. (sobrante*|exceso|excedente*|no pedid*)
    """,
    "NC-05": """
        9: (daño*|avería*|rotura*|desperfecto*|golpe*) (de|en|durante|por|del|causad*|ocasionad*|producid*)? (el|la)? (transporte*|transportista|envío|entrega|tránsito|descarga|manipulación|trayecto|viaje); (mercancía|palet*|caja*|bulto*|botella*|producto*|embalaje*|paquete*|unidad*|pieza*|género|lata*|envase*|artículo*|saco*|bote*|tarro*|baldosa*|frasco*|cartones) .. (dañad*|rot*|aplastad*|mojad*|golpead*|abiert* y|reventad*|abollad*|deteriorad*|volcad*|derramad*|roto|rotas|rotos|quebrad*|húmed*|desgarrad*|estropead*|agrietad*|derram*|destrozad*|partid*|hundid*)
        7: (llegad*|llegó|llegaron|recibid*|recibimos|entregad*|entregaron|ha llegado|han llegado|venía*|vino|vinieron) .. (dañad*|rot*|roto*|rota*|aplastad*|mojad*|golpead*|mal estado|abollad*|deteriorad*|destrozad*|reventad*|estropead*|abiert*|en malas condiciones); (rotura*|cargo por rotura*) (de|en|botella*|cristal|caja*|al|mercancía|#)?; cadena de frío; temperatura .. (transporte|camión|llegada|descarga|entrega|recepción); palet* (volcad*|caíd*|roto*|desmoron*|tumbad*)
        4: dañad*; daño*; rot*; roto*; rotura*; aplastad*; mojad*; golpe*; abollad*; desperfecto*; averiad* en
        6: (aplastad*|destrozad*|reventad*|volcad*)
        8: (llegad*|llegó|llegaron|venía*|recibid*) .. (mojad*|rot*|aplastad*|dañad*|golpead*|inservible*|abiert*)
    """,
    "NC-06": """
        9: defectuos*; (defecto*|problema*|incidencia*|reclamación|queja*|fallo*|no conformidad*) (de|en|por|con|con la|en la|sobre la)? (la)? (calidad|fabricación|fábrica|producto*|costura*|sellado|cierre|impresión|acabado); (mala|baja|poca|deficiente|pésima|calidad) (calidad|no conforme|inferior|deficiente|inaceptable|insuficiente|mala|inadecuada|incorrecta|dudosa|pésima|irregular); no (conform*|cumple*|apto*|apta*) .. (especificac*|calidad|muestra|norma*|consumo|venta|ficha|requisito* de calidad)?; (producto*|artículo*|lote*|mercancía|pieza*|género|unidades|partida) .. (defectuos*|no conform*|inservible*|caducad*|podrid*|mal estado sanit*|en mal estado|estropead* de origen|contaminad*|inutilizable*|no apto*|moho|fallo*|pasad*|rechaz* .. calidad)
        8: (moho|mohos*|podrid*|ranci*|agri*|caducad*|cuerpo* extraño*|mal (olor|sabor)|insecto*|hinchad*|contaminad*|mal sabor|fermentad*|bichos|larvas|enmohecid*); (caducidad|fecha* (de)? (caducidad|consumo preferente)|vida útil) .. (corta*|próxim*|pasad*|vencid*|superad*|insufic*|muy|demasiado|inferior|no|breve|escas*|cercana*); caducidad
        4: defecto*; no funciona* (bien|correct*)?; no conform*; calidad; inservible*; control de calidad; lote .. (problema*|defect*|bloquead*|rechaz*|mal*); queja* .. (cliente*|consumidor*); decolor*; óxido; oxidad*; fugas; pierden
        6: clientes .. (quej*|devuelv*|reclam*|protest*|trae*); (sabe|huele) (a|mal|raro|rancio) ; (se rompe*|se descose*|se despega*)
    """,
    "NC-07": """
        9: (artículo*|producto*|referencia*|mercancía|modelo*|talla*|color*|género|código*|material|formato*|sabor*|pieza*|versión|medida*) (equivocad*|errón*|incorrect*|distint*|diferente*|cambiad*|que no (es|son|corresp*|era*|pedimos)|sustituid*|cruzad*|no corresp*); (equivocad*|equivocación|errón*|otro*|otra*) (artículo*|producto*|referencia*|modelo*|talla*|color|género|material|formato|sabor|mercancía|envío|entrega|pieza*|código|en (el|la) (artículo|envío|referencia|producto|modelo|mercancía|preparación)); (error*|confusión|equivocación) (de|en|en el|en la|al)? (el|la)? (artículo*|producto*|referencia*|envío|preparación|picking|servir|modelo|mercancía|pedido servid*|material|expedición)
        8: no (es|son|era|eran|corresponde*|coincid*) (lo|el|la|los|las|con|al|a)? (que)? .. (pedid*|pedimos|solicit*|pedido|artículo|referencia|encarg*); sustitu* .. (artículo*|producto*|referencia*|sin (avis*|consult*|autoriz*)|por (otro*|otra*)); distint* (de|del|a|al|de lo|de la) .. (pedid*|solicit*); cambiado el (artículo|producto|modelo)
        4: (recibid*|recibimos|enviad*|entregad*|mandad*|servid*|llegad*|llegó|mandaron|enviaron|sirvieron|llegaron) .. (en lugar|en vez) del?; (pedimos|pedido|habíamos pedido|pedí) .. (enviado|mandado|llegado|recibido|enviaron|mandaron|servido)
        3: equivoc*; cambiad*
        7: (llegado|llegó|enviado|recibido|mandado|recibimos|enviaron) .. (habíamos pedido|pedimos|pedí|habíamos encargado|solicitamos); (habíamos pedido|pedimos) .. (llegado|llegó|enviado|recibido|mandado)
        7: no (es|son|era|eran) (el|la|los|las|lo) que .. (pedimos|pedí|pedido|solicit*|queríamos)
    """,
    "NC-08": """
        9: (diferencia*|error*|discrepancia*|incidencia*|desviación*|divergencia*|problema*|descuadre*|disconformidad) (de|en|con|en el|en los|con el|del|sobre el)? (el|los)? (precio*|tarifa*|coste); (precio*|tarifa*|coste unitario) (incorrect*|errón*|equivocad*|no (corresp*|coincid*|pactad*|acordad*|es|son|correct*|respet*)|superior*|distint*|diferente*|más alto*|mal|antigu*|aplicad*|facturad*|mayor*|que no|desactualiz*|cobrad*); (precio|tarifa) (mal aplicad*|mal facturad*)
        8: (en lugar|en vez) de (los|las|el|la|#)? .. (precio*|pactad*|acordad*|tarifa*|oferta|pedido|contrato|presupuest*|euros?|€|eur|convenid*|confirmad*) ; precio* (acordad*|pactad*|convenid*|contrat*|de contrato|de (pedido|tarifa|oferta)|ofertad*|del (pedido|contrato|presupuesto)|confirmad*|negociad*|unitario*|correct*|neto*|vigente*|según|presupuestad*|pedido) ; (facturad*|facturan|facturaron|cobrad*|cobran|han (facturado|cobrado)|viene*) (a|al) .. (en lugar|en vez|cuando|y no|pero|frente|según|mientras) ; (subida*|aumento*|incremento*) .. (precio*|tarifa*|no (comunic*|acord*|acept*|pact*|avis*|autoriz*)|sin (avis*|comunic*|acuerdo)|antes de)
        5: cobr* de más .. (precio|unidad|kilo)?; sobreprecio; más caro* .. (acord*|pactad*|tarifa|contrat*|pedid*|oferta|de lo); tarifa* (no|antigu*|vieja|vigente|nueva|20*|acordad*); cobrad* .. más .. (precio|de lo (acordado|pactado))
        3: precio*; tarifa*; presupuesto; coste
        6: (presupuesto|acuerdo|contrato|pedido|oferta|tarifa|confirmación) (firmado|pactado)? (dice|indica|pone|marca|refleja|establece); factur* .. # .. (presupuesto|contrato|acuerdo|pedido|oferta|tarifa)
        7: más (caro*|cara*) .. (contrato|acuerdo|tarifa|oferta|pedido|pactad*)
    """,
    "NC-09": """
        9: (descuento*|dto|bonificaci* (en|de) factura|rebaja comercial|dtos) (no|sin|falta*|olvidad*|omitid*|incorrect*|errón*|pactad*|acordad*|comercial*|habitual*|contractual*|de (#|cliente|tarifa|factura|contrato)|en factura|convenid*|mal|que no|inferior*|# |por ciento|equivocad*|incomplet*|pendiente*) .. ; (no|sin|falta*|olvid*|omit*|han olvidado) (se|han|ha|nos|aplicar*|el|la|los|habéis|hemos|está|aparece|figura|viene|consta|haber|refleja*)? .. (aplica*|reflej*|inclu*|descont*|figura*|el|hecho)? (el|los|nuestro*|un)? (descuento*|dto|dtos|bonificaci*); (descuento|dto) .. (en lugar|en vez|no (aplic*|inclu*|reflej*|figura*|aparec*)|falta*|mal)
        3: descuento*; dto; bonificaci*
    """,
    "NC-10": """
        9: error* (de|en|en el|en la|en los|aritmétic*)? (cálculo*|suma*|total*|operaci*|aritmétic*|multiplicación|cuenta*|sumatorio); (cálculo*|suma*|total*|cuenta*) (incorrect*|errón*|mal|equivocad*|no (cuadra*|coincid*|corresp*|es|suma*)|está mal); (total*|suma*|líneas|importe*|cuentas|números) .. no (cuadra*|coincid*|suma*|corresp*); mal (calculad*|sumad*|multiplicad*|totaliz*|hecha la suma); # (x|por) # .. (son|es|y no|=|da|no|sale*)
        4: recalcul*; aritmétic*; cuadra*; sumando; la suma
    """,
    "NC-11": """
        9: (retraso*|demora*) (de|en|en la|en las|con|del)? (la|las|el|los)? (entrega*|envío*|suministro*|pedido*|llegada|recepción|plazo*); (entregad*|recibid*|llegad*|entrega*|pedido*|mercancía|envío|llegó|llegaron) .. (con retraso|tarde|tardí*|fuera de plazo|con demora|después de la fecha|# días (tarde|después|más tarde)|retrasad*|fuera de fecha|con # días); entrega tardía; # (días|día|semanas|horas) (de)? (retraso|demora|tarde); (fecha|plazo) de entrega .. (no|incumpl*|super*|retras*)
        4: fuera de plazo; incumpl* .. (plazo*|entrega|fecha); demasiado tarde; parada de (línea|producción)
        2: retraso*; demora*; tarde
        6: (llegó|llegaron|entregad*|llegado) .. (después|tarde|con retraso); (pedid*) para (navidad|el|la) .. (llegó|llegaron)
    """,
    "NC-12": """
        9: penalizaci* (por|de|del|logístic*|nivel|otif|servicio|entrega|retraso|contract*|incumpl*|falta|rotura de stock|no); penalidad*; otif; nivel de servicio; tasa de servicio; penaliz*; fill rate; cumplimiento de entrega*; rotura de stock .. (penal*|cargo)
    """,
    "NC-13": """
        9: (etiquet*|código* de barras|ean|sscc|embalaje*|paletiz*|asn|aviso de expedición|desadv|packaging|marcaje|matrícula|palet* no|bultos sin|identificación|albarán edi) .. (incorrect*|errón*|falta*|no (conform*|legible*|recibid*|enviad*|cumpl*|leíd*|lee)|ilegible*|ausente*|mal|sin|defectuos*|tarde|altura|incumpl*|fuera de norma*|inexist*); (cargo*|penaliz*|sanción*|coste*|gasto*|multa) .. (etiquet*|reetiquet*|embalaje*|reembal*|repaletiz*|paletiz*|manipulaci*|incumplimiento logístic*|asn|desadv|no conformidad*|cita|sin cita|manual de proveedor*|reacondicion*|código de barras|normativa); (falta*|sin|ausencia|error*|no envío) (de|del|en|en la|en el)? (el|la)? (etiquet*|asn|desadv|sscc|código de barras|aviso de expedición|cita (previa)?|matrícula)
        5: incumplimiento (logístic*|de (normativa|especificaciones|requisitos)|del manual|normativ*); manual (de|del)? proveedor*; reetiquet*; repaletiz*; reembal*; sin cita; altura del palet; aviso de expedición
        3: etiquet*; código de barras
        7: sin .. (etiquet*|sscc|cita|aviso de expedición|código de barras)
    """,
    "NC-14": """
        9: devoluci* (autorizad*|acordad*|aceptad*|de (mercancía|género|producto*|material|stock|cajas|#|artículos|invendidos acord*)|n|#|según|aprobad*|pactad*|realizad*|conforme|con (su|vuestra)? ?autoriz*|recogid*|pendiente* de abon*|efectuad*|entregad*|número); (autorizaci*|número|n|albarán|nota|orden|boletín|vale) (de|para|la)? (la)? devoluci*; (devuelt*|devolv*) .. (autorizad*|autorizaci*|acordad*|rma|su (comercial|transportista|representante|conductor)|mercancía|género|material|según|albarán|vuestro|palet*|caja*|unidades|por (su|vuestro)|#|ustedes|a (su|vuestro|portes)); (retirad*|recogid*) .. (su (comercial|transportista|representante|conductor)|mercancía|género); rma; (mercancía|género|material|producto*|artículo*|caja*) (devuelt*|retirad*|recogid*); (abono|abonar|abonen) .. (devoluci*|devuelt*|retirad*)
        4: devoluci*; devuelt*; devolvimos; hemos devuelto
        10: (recogi*|retirad*|recogid*) .. devoluci*; devoluci* .. (autoriz*|acept*|acord*|recogi*)
    """,
    "NC-15": """
        9: devoluci* .. (sin (autoriz*|permiso|acuerdo|avis*|previo)|no (autorizad*|acordad*|aceptad*|pactad*)|invendid*|rechaz*|no vend*); sin (autorizaci*|rma) .. (devol*|de devol*); (rechazad*|rechaz*|rehusad*|no aceptad*|rehus*) .. (mercancía|entrega|palet*|caja*|pedido|camión|muelle|en recepción|género|envío|la descarga|bulto*); (mercancía|entrega|pedido|género|palet*) (rechazad*|rehusad*|no aceptad*); (devolvemos|vamos a devolver|queremos devolver|deseamos devolver|procedemos a devolver|procederemos a (la)? ?(devolver|devolución)|quisiéramos devolver|quiero devolver|devolveremos|hemos decidido devolver|les devolvemos|nos gustaría devolver|pretendemos devolver) .. ; (invendid*|no (se)? vend*|no (lo|la|los|las)? necesit*|ya no) .. (devol*|retir*|recog*|devuel*)
    """,
    "NC-16": """
        10: (retirada|alerta) (de|del|alimentari*|sanitari*|del mercado|producto*|lote*|por) .. (mercado|producto*|lote*|alert*|seguridad|sanit*|venta|lineal*)?; (lote*|producto*) .. (retirad* del (mercado|lineal)|alerta|inmovilizad*|bloquead* .. alert*|llamad* a revisión); alerta (alimentaria|sanitaria|de seguridad); llamada a revisión; recall; (destrucción|destruid*) .. (lote*|alert*|retir*); inmoviliz*; salmonel*; listeri*; alérgeno*
    """,
    "NC-17": """
        10: (doble*|duplicad*) (factura*|facturación|cobro*|cargo*); (factura*|cargo*) (duplicad*|doble*|por duplicado|repetid*|ya (emitid*|recibid*|factur*|contabiliz*|cobrad*)|idéntic*|dos veces|emitid* dos veces); (facturad*|cobrad*|cargad*|facturado|facturan|facturaron|facturando|emitid*) .. (dos veces|2 veces|por duplicado|doble*|ya (en|con)|de nuevo|duplicad*|otra vez|nuevamente|segunda vez); ya (fue|fueron|ha sido|han sido|estaba*|está|están|se (ha|han)|nos (ha|han)|nos)? (facturad*|cobrad*|facturaron|incluid* en la factura|facturó|facturasteis|facturado) .. ; mism* (mercancía|entrega|albarán|pedido|factura|importe|género|servicio|suministro|concepto*|líneas) .. (dos|doble*|ya|2|duplicad*|otra factura|también); dos facturas .. (mism*|idéntic*|iguales); duplicidad*; duplicad*; repetid*
        10: ya (se|nos|la|lo)? (facturó|facturaron|facturad*|facturasteis|cobró|cobraron|emitió|incluida)
    """,
    "NC-18": """
        10: (no (es|son|somos|corresponde*|va|nos (corresponde*|pertenece*|compete*|consta* como)|pertenece*|está a)|factura) .. (nuestr*|para nosotros|a nosotros|nuestra empresa|nuestra sociedad|destinatari*|a nuestra|vuestr* client*|clientes suyos|dirigid* a nosotros|nuestro nombre); (razón social|cif|nif|destinatari*|dirección (de)? (factur*|fiscal)|sociedad|cliente|titular|datos fiscales|empresa|entidad|domicilio fiscal) (errón*|incorrect*|equivocad*|distint*|no (es|corresp*|coincid*)|que no es|mal|está mal|cambiad*|de otra); (facturad*|emitid*|dirigid*|a nombre|girad*|expedid*|extendid*) .. (a (otra|otro|la) (empresa|sociedad|cliente|equivocada)|de (otra|otro) (empresa|sociedad|cliente|filial)|equivocad*|empresa (equivocada|incorrecta)|sociedad (equivocada|incorrecta|del grupo|filial)|deb* (ser|ir|emit*|factur*|estar)|erróne* a); (refactur*|emitir|emítan*|volver a facturar|rehacer) .. a nombre de; no nos (corresponde*|pertenece*|compete*); otra (empresa|sociedad) del grupo; a nombre de (otra|otro)
        4: ninguna relación (comercial|con); no (conocemos|reconocemos) .. (factura|empresa|pedido|deuda); destinatario equivocado
    """,
    "NC-19": """
        10: pedido* .. (anulad*|cancelad*|anul*|cancel*); (anulad*|cancelad*|anulamos|cancelamos|anulé|cancelé|anulación|cancelación|cancelar|anular) .. (pedido*|por (mail|correo|teléfono|email)|antes (del|de la|de) (envío|entrega|enviar|servir|expedición)|a tiempo|compra|la entrega|encargo|orden de compra); a pesar de .. (anul*|cancel*); orden de compra .. (anul*|cancel*)
        4: anulación; cancelad*; cancelación
    """,
    "NC-20": """
        10: iva (incorrect*|errón*|no (procede*|aplicable*|corresp*|debe*)|al|del|aplicad*|mal|de más|exent*|repercutid*|equivocad*|indebid*|cobrad*|reducid*|cargad*|facturad*|# |en lugar|superreducid*); (error*|tipo*|exent*|exención|sin|problema*|cuota) (de|en|en el|del|impositiv*)? (el)? (iva|impuesto*|igic|recargo); (inversión del sujeto pasivo|exención|intracomunitari*|recargo de equivalencia|tipo impositivo|tipo de iva|exportación exenta|igic|vies|roi|exenta de iva|exento de iva)
        4: iva; impuesto*
    """,
    "NC-21": """
        10: (portes|porte|gastos de (envío|transporte|entrega|portes)|transporte|flete*|coste* de (transporte|envío)|costes? del? transporte) .. (no|incluid*|pagad*|debid*|cobrad*|factur*|gratis|gratuit*|cargo|a (su|vuestro|nuestro) cargo|indebid*|de más|cargad*|a portes|según|superad*|acordad*|franco|pactad*|abon*); portes (pagados|debidos|gratis|gratuitos|incluidos|de|en|no|facturados|cobrados); envío (gratis|gratuito); incoterm*; dap; ddp; exw; cpt; (cobrad*|facturad*|cargad*|cobran|cobro) .. (portes|transporte|envío|flete); franco (fábrica|destino|portes)
        3: portes; transporte; flete
    """,
    "NC-22": """
        10: palet* .. (europe*|retorn*|devuelt*|devol*|intercambi*|vací*|no (devuelt*|abonad*|retirad*|compensad*)|saldo|cuenta|euro|epal|chep|lpr|depósito|fianza|cargo|cobrad*|facturad*|recogid*|a devolver|canje*); envase* (retorn*|vací*|devuelt*|no|depósito|a devolver|recuper*|reutiliz*|y embalaje*); (depósito|fianza) .. (envase*|barril*|caja*|botella*|palet*|devol*|no|cobrad*|casco*); (barril*|casco*|caja* (vacía*|de plástico)|rolls?|contenedor*|jaula*|cajas? retornables?|vacíos) .. (devuelt*|retorn*|vací*|depósito|recogid*|abon*|entregad*)?; embalaje* retornable*; intercambio de palet*; cuenta de palet*; retornable*
        3: palet*; envases; vacíos
    """,
    "NC-23": """
        10: (cargo*|gasto*|recargo*|suplemento*|coste*|concepto*|comisión|importe*|partida|tasa|servicio) (no (acordad*|pactad*|solicitad*|autorizad*|contratad*|previst*|justificad*|procede*|reconocid*|presupuestad*|comunicad*|conveni*)|adicional*|extra*|de (gestión|combustible|gasoil|energía|embalaje|administración|manipulación|tramitación|pedido mínimo|urgencia|almacenaje|apertura|cobro|papel|reciclaje|seguro)|por (combustible|energía|pedido mínimo|gestión|manipul*|urgencia|embalaje)|indebid*|oculto*|energétic*|imprevist*|nunca|administrativ*|inesperad*); (recargo*|suplemento*|sobrecoste*|sobrecargo*) .. ; (no|nunca|jamás|ni) (se|hemos|ha|fue|fueron|estaba*|habíamos|está*|figura*)? (han|sido)? (acordad*|pactad*|autorizad*|contratad*|solicitad*|presupuestad*|acept*|en el (contrato|presupuesto)) .. (cargo*|gasto*|recargo*|suplemento*|concepto*|coste*|servicio) ; (cargo*|gasto*|concepto*|suplemento*|partida) .. (no|nunca) (se|fue|fueron|está*|ha*|han|figura*)? .. (acordad*|pactad*|autorizad*|contratad*|solicitad*|presupuest*|acept*|convenid*|contrato); pedido mínimo
        3: suplemento*; recargo*; extra*; cargo adicional
    """,
    "NC-24": """
        10: (número*|n|nº|núm|referencia*|ref) (de|del)? (su|nuestro|el|la)? (pedido*|orden de compra|oc|po|orden|expediente) (falta*|no (indicad*|figura*|aparec*|consta*|válid*|correct*|reflejad*|coincid*|exist*|es)|incorrect*|errón*|ausente*|obligatori*|equivocad*|es (obligatori*|necesari*|incorrect*|errón*)|inexistente*|cerrad*|inválid*) ; (falta*|sin|no (indica*|consta*|figura*|aparec*|lleva*|incluy*|contiene*|reflej*|viene*|hay)|indicar|incluir|indiquen*|necesit*|error*|ausencia|omit*|añad*|hagan constar|poner|corregir|reflejar|mencionar) (de|en|el|un|la|nuestro|con)? (el|la|nuestro)? (número*|n|nº|núm|referencia*|ref)? (de|del|a)? (su|nuestro|nuestra|el)? (pedido*|orden de compra|oc|po)
        5: número de (pedido|orden de compra); orden de compra .. (falta*|no|obligat*); sin pedido no; pedido no (existe|encontrado|consta)
    """,
    "NC-25": """
        10: (prueba*|justificante*|comprobante*|confirmación|acreditación) (de|de la|del)? (la)? (entrega*|recepción|recibo de mercancía); pod; (albarán*|albaranes|cmr|carta de porte|nota de entrega) (firmad*|sellad*|conformad*|con (firma|sello)); (copia*|envi*|remit*|falta|sin|necesit*|solicit*|facilit*|mand*|aport*|hacer* llegar) (del|de|de los|el|los|nos|un|el)? (copia|los|el|un)? (del|de)? (albarán*|albaranes|cmr|pod|justificante* de entrega|prueba* de entrega); firma del (receptor|destinatario|cliente|almacén); quién (firmó|recibió|ha firmado)
    """,
    "NC-26": """
        10: factura* .. (no|nunca|jamás|aún no|todavía no|sin) (la|las|nos|ha|han|hemos|he|se|consta*|está*|tenemos|tengo|aparec*|figura*|obra*|llegó)? .. (recibid*|llegad*|llegó|registr*|encontr*|recibir|consta*|tenemos|contabiliz*|recibimos|poder|localiz*|entrad*|recibí|sistema|enviad*); (no|nunca|jamás|aún no|todavía no) (hemos|he|nos|tenemos|consta|ha|encontr*|tengo|recib*|localiz*|disponemos|la|veo|vemos|han|dispongo|aparece) .. (recibid*|llegad*|constancia|encontrad*|recibido|registrad*|enviado|copia) .. (factura*|fra|fras); factura* (no (recibid*|llegad*|registrad*|encontrad*)|extraviad*|perdid*|pendiente* de recib*|no nos ha llegado|falta)
        9: (enviar*|envíen*|envíe*|remitir*|remitan*|mandar*|mand*|reenvi*|reenví*|facilitar*|facilit*|necesit*|solicit*|hacer* llegar|pasar*|pásen*|podrían|pueden|podéis|puede|rog*|agradec*|precis*|falta*|me pasa*|adjunt*) .. (copia*|duplicad*|la factura*|las facturas|una factura|esta factura|dichas facturas|pdf|dicha factura|fra|facturas?) ; copia* (de|de la|de las|del)? (la|las)? (factura*|fra); duplicado de (la)? factura*
        4: sin factura; falta* (la)? factura*; face
    """,
    "NC-27": """
        10: (dato*|información|mención*|campo*|requisito*) (obligatori*|fiscal*|legal*|que faltan|incomplet*|faltante*|errón*|mínim*|exigid*|no (figura*|indicad*|consta*)); (falta*|sin|no (consta*|figura*|indica*|aparec*|inclu*|lleva*)|ausencia|incomplet*|omit*) .. (cif|nif|iban|cuenta bancaria|código de proveedor|número de proveedor|número de albarán|fecha de entrega|código de artículo|lote|país de origen|partida arancelaria|dato*|dir3|oficina contable|órgano gestor|centro de coste|unidad tramitadora|datos fiscales|desglose|forma de pago|domicilio|número de contrato|matrícula); factura* (incomplet*|no (conform*|válid*|cumpl*|legible*|reglamentari*)|irregular*|rechazad* (por|en) (el|face|la plataforma|sistema|portal|datos|formato|defecto)|ilegible*|con defecto* formal*|mal emitid*|devuelt* por .. (dato*|format*|face)); rechazad* .. (face|plataforma|portal|sistema|formato|dir3); no cumple .. (requisito*|reglamento|legal*|normativa fiscal)
        3: datos incompletos; defecto formal; código de proveedor
    """,
    "NC-28": """
        10: (vencimiento*|condicion* de pago|plazo* de pago|fecha* de (vencimiento|pago)|forma de pago|término* de pago|aplazamiento) .. (incorrect*|errón*|no (es|son|correct*|corresp*|coincid*|acord*|pactad*)|equivocad*|pactad*|acordad*|en (lugar|vez)|distint*|anticipad*|contract*|a (30|45|60|90)|debe*|mal|según contrato|corregir*|modific*|rectific*|(30|45|60|90) días|convenid*|diferente*); (error*|equivocación) (de|en|en el|en la)? (el|la)? (vencimiento*|fecha de vencimiento|plazo* de pago|condicion* de pago); (no (está*|ha|han)|aún no|todavía no) (está*|ha|han)? (vencid*|vence*|vencido|exigible*); no ha vencido; (30|45|60|85|90|120) días (fecha|desde|f f|netos?|en (lugar|vez)|y no|pactad*|fin de mes|acord*|fecha factura|vencimiento*)
        4: vencimiento*; plazo de pago; día* de pago; condiciones de pago; giro
    """,
    "NC-29": """
        10: (servicio*|trabajo*|prestaci*|mantenimiento|limpieza|instalaci*|montaje|asesor*|formaci*|asistencia|obra*|curso|intervenci*|suscripci*|vigilancia|mudanza) .. (no (realizad*|prestad*|efectuad*|ejecutad*|terminad*|completad*|acabad*|conform*|satisf*|se (ha|han|realiz*|prest*|hizo|hicieron)|ha sido|han sido|cumpl*|fue|hecho*|recibid*)|mal (realizad*|prestad*|ejecutad*|hech*|acabad*)|nunca (se|realizad*|prestad*|ha|han)|incomplet*|deficiente*|parcial*|a medias|insatisf*|inacabad*|interrump*|pésim*|mal|fatal|insuficiente*|sin (realizar|terminar|prestar|acabar)|nefast*); mala (prestación|ejecución|realización) (del servicio)?; (técnico*|operari*|equipo*|instalador*|personal|cuadrilla) .. (no|nunca|jamás) (vino|vinieron|acudi*|se present*|aparec*|terminó|ha venido|han venido|llegó); horas .. no (realizad*|trabajad*|prestad*|hech*); mal servicio; corte* de servicio
        4: servicio*; trabajo*; prestación
        8: (empresa|técnico|equipo|personal|operarios) .. (vino|vinieron|venido|acudi*) .. (sólo|solo|solamente|únicamente)
    """,
    "NC-30": """
        10: avería* (técnic*|en|de|del|la|máquina*|equipo|sin|por|repetid*|mecánic*|eléctric*|no)?; averiad*; (máquina*|equipo*|aparato*|motor*|bomba*|caldera*|compresor*|nevera*|frigorífic*|congelador*|impresora*|sistema*|router|línea|horno*|vitrina*|carretilla*|báscula*|climatiza*|ascensor*|cafetera*|dispositivo*|cámara frigorífica|aire acondicionado|tpv averiado) .. (averiad*|avería*|no (funciona*|arranca*|enfría*|calienta*|va|enciende*)|estropead*|fuera de servicio|defectuos*|parad*|rot*|repara*|fallo*|bloquead*|dejó de funcionar|se (para*|apaga*|bloquea*)); (en|bajo|dentro de(l)?|periodo de) (la)? garantía; (reparaci*|reparad*|reparar) .. (no|mal|garantía|sigue*|factur*|otra vez|coste|cobr*|mism*|cargo|nuevo|dos veces); fallo* técnic*; problema* técnic*; mal ?funcionamiento; servicio técnico; fuera de servicio
        4: no funciona*; avería*; reparaci*; garantía; técnico*
    """,
    "NC-31": """
        10: (diferencia*|error*|merma*|falta*|discrepancia*|incidencia*) (de|en|en el|del)? (el)? peso*; peso* (inferior*|incorrect*|errón*|facturad*|real*|neto*|bruto*|menor*|distint*|recibid*|no (coincid*|corresp*)|en báscula|comprobad*|escurrido|báscula|albarán|declarad*|de menos); (kg|kilo*|tonelada*|tn|quintal*|kgs) (de)? (menos|falta*|en (lugar|vez)|facturad*|recibid*|pesad*|neto*|real*|diferencia|entregad*|y no); # (kg|kilos|tn|toneladas|kgs) (de)? (menos|falta*|en lugar|en vez|diferencia|facturad*|recibid*); pesad* .. ; (pesaj*|pesada*|báscula*|tara|ticket de báscula|tique de báscula)
        3: peso; kg; kilos
    """,
    "NC-32": """
        10: (depósito|consigna*|consignación) (de|en|mercancía*|stock|género|venta*|contrato|vend*|no); (en|mercancía en|género en|stock en|régimen de|contrato de) (depósito|consigna|consignación); venta* en (depósito|firme no); no (vendid*|se (ha|han) vendid*) .. (factur*|depósito|consign*); (depósito|consign*) .. (no vendid*|sin vender|inventario|factur*)
    """,
    "NC-33": """
        10: (contador*|lectura*|consumo*|kwh|m3|metros cúbicos|auto ?lectura*) .. (errón*|incorrect*|estimad*|real*|anormal*|excesiv*|elevad*|no (corresp*|coincid*|real*|es)|mal|disparad*|muy alt*|demasiado alt*|desproporcionad*|averiad*|cambiad*|abusiv*|inexplicable*|triple|doble|facturad*|equivocad*); lectura* (estimad*|real*|del contador|contador|de contador|tomad*|final*); contador*; consumo* (estimad*|real*|anormal*|excesiv*|facturad*|elevad*|de (agua|luz|gas|energía)|disparad*|medio); (recibo|factura) (de la)? (luz|agua|gas|electricidad); fuga* de agua
        4: consumo*; lectura*; estimaci*
        4: kwh; metros cúbicos
    """,
    "NC-34": """
        10: tarifa* (contratad*|no (contratad*|aplicad*|corresp* .. contrat*)|de (luz|gas|datos|móvil)|plana|eléctric*|prometid*|que (me|nos) (dijeron|ofrecieron|prometieron)) .. ; (condicion* (contratad*|del contrato|contractual*|económic*)|contrato|permanencia|cuota mensual|plan contratad*|oferta contratad*|precio (fijo|garantizado|bloqueado)|paquete) .. (no (respet*|aplicad*|cumpl*|corresp*|coincid*|es|son)|distint*|modificad*|cambiad*|subid*|incumpl*|unilateral*|diferente*|superior*|en lugar|en vez|prometid*|mal aplicad*|aument*); (comercial|operador*|agente|teleoperador*|vendedor*) .. (prometi*|dijo|asegur*|ofreci*|garantiz*) .. ; cambio* unilateral*; roaming; cuota mensual; precio bloqueado; bono de bienvenida; (permanencia) .. ; potencia contratada; incumplimiento de contrato
        3: tarifa contratada; condiciones contractuales; contrato
        8: precio del kwh; kwh .. (contrato|contratad*|firm*|fijo); (no es|no son) .. que contrat*
    """,
    "NC-35": """
        10: (suplantaci*|robo|usurpaci*) de identidad; suplantaci*; (nunca|jamás|no) (he|hemos|ha|han|fue|haber)? (sido)? (firmad*|contratad*|solicitad*|suscrit*|autorizad*|activad*|firmé|contraté|dado de alta|abierto|realizado|aceptado) .. (contrato*|servicio*|línea*|suministro|alta|con ustedes|suscripci*|nada|cuenta|póliza|luz|gas|préstamo|contratación); (contrato*|alta|contratación|línea|suscripci*|cuenta) .. (desconocid*|no (firmad*|solicitad*|autorizad*|reconoc*|contratad*|consentid*)|falsific*|fraudulent*|sin (mi|nuestro) consentimiento|que (no|nunca) (he|hemos) (firmad*|solicitad*|contrat*|autoriz*)|nunca (firm*|solicit*)); (fraude*|fraudulent*|falsific*|estafa*|falsa) .. (contrat*|firma|documento*|identidad|datos|alta)?; sin (mi|nuestro) (consentimiento|conocimiento|autorización) ; (denuncia*) .. (policía|guardia civil|fraude|suplant*|estafa|interpuest*|presentad*|comisaría); no reconozco .. (contrato|firma|deuda|línea|suministro|alta); firma .. (falsa|no es (mía|la mía)|falsificad*); uso fraudulento
    """,
    "FI-01": """
        10: (descuento*|dto|dtopp|bonificaci*) (por|de|del)? (pronto pago|p p|pp|pago anticipado|pago (al)? contado|pago a # días); pronto pago; dpp; (descuento|dto) .. (# días|dentro (del|de) plazo|por pagar (en|antes|a)); skonto
    """,
    "FI-02": """
        11: (pronto pago|descuento*|dto|dpp) .. (indebid*|fuera de plazo|tarde|aunque|a pesar|no (procede*|corresp*|devengad*)|plazo (vencid*|pasad*|super*)|con retraso|vencid* el plazo|pasad* el plazo|excepcional*|atenci* comercial|después del plazo|días tarde|superado el plazo|cortesía); (aunque|a pesar|pese) .. (tarde|retraso|plazo|fuera|pasado) .. (pronto pago|descuento|dto); plazo .. (pronto pago|descuento) .. (vencid*|pasad*|super*|expir*)
    """,
    "FI-03": """
        10: (gasto*|comisi*|coste*) (de|del|por|bancari*)? (la|nuestro|su)? (banc*|transferencia*|swift|entidad|giro bancario|banco corresponsal); (banco|entidad|corresponsal) .. (retenid*|cobrad*|deducid*|intermediari*|descontad*|ha (cobrado|retenido|descontado)); gastos (our|sha|ben|compartid*|bancarios); comisi* bancari*
    """,
    "FI-04": """
        10: (diferencia*|pérdida*|tipo*|variación*|ajuste*|fluctuaci*) (de|del|en|por|en el)? (el|tipo de)? (cambio*|divisa*|moneda|conversión); (tipo de cambio|cotización|conversión) ; cambio (del día|aplicad*|bce|de divisa*|euro*|usd|gbp|oficial); (convertid*|conversión) .. (tipo|cambio|euros|usd|dólares|libras)
    """,
    "FI-05": """
        10: redonde*; (diferencia*|saldo*|pico|resto) .. (céntimo*|mínim*|pequeñ*|insignific*|poc* euro*|irrisori*); céntimo* .. (diferencia*|redond*|falta*|descuadr*|saldo); pequeñ* (diferencia*|saldo*|importe*|ajuste*|pico); ajuste de céntimos
        3: céntimo*
    """,
    "FI-06": """
        11: retenci* (de|del|practicad*|fiscal*|irpf|#|en (origen|la fuente)|a cuenta|aplicad*|descontad*|al|por|irnr|15|19)?; irpf; (certificado*) .. (retenci*|residencia fiscal|fiscal); impuesto retenid*; convenio .. doble imposición; withholding; modelo (111|190|216|296)
    """,
    "FI-07": """
        11: split payment; pago (fraccionad*|dividid*|desdoblad*|escindid*|partido) (del|de)? (iva)?; iva .. (ingresad* directamente|hacienda|retenid*|directamente (a|al|en) (la)? (hacienda|tesoro|agencia)|lo ingres*|escis*); escisión de pagos; artículo 17 ter
    """,
    "FI-08": """
        10: ya (está*|fue|fueron|ha sido|han sido|se|la|las|lo|los|hemos|he|habíamos|nos|quedó|estaba*|les)? (ha|han|hemos|he|fue|fueron)? (sido)? (pagad*|abonad*|liquidad*|transferid*|pagamos|saldad*|cobrad*|ingresad*|realizad* (el|la) (pago|transferencia)|hecho (el|la) (pago|transferencia)|pagué|cancelad* con|satisfech*|realizó) ; (está*|fue|fueron|ha sido|han sido|quedó|hemos|he|habíamos|se) (pagad*|abonad*|liquidad*|pagamos|saldad*|transferid*|pagó|abonó) (el|con|mediante|por|la|en|dicha|esta|estas|a|íntegr*|desde|total*|#|ya|hace|vía|directamente|su|vuestra|las|todo) ; (transferencia|pago|ingreso) (realizad*|efectuad*|emitid*|hech*|del|con fecha|ya|ordenad*|de fecha|enviad*|se (realizó|hizo|efectuó)|cursad*) ; (justificante|comprobante|resguardo|copia|recibo) (de|del|de la)? (la)? (pago*|transferencia*|ingreso*|abono bancario|bancario); (recibo|giro|pagaré|efecto|cheque) .. (pagad*|cargad*|cobrad*|atendid*|adeudad*)
        4: pagad*; abonad*; liquidad*; saldad*
    """,
    "FI-09": """
        5: compens*
        10: compens* .. (abono*|factura*|saldo*|crédito|deuda*|cargo); (nuestr*) (factura*|cargo*|abono*|crédito*) .. (compens*|descont*|deduc*|no (pagad*|abonad*|atendid*)|pendiente*|sin (pagar|abonar)) ; nota* de (cargo|débito) .. (descont*|compens*|deduc*|no (pagad*|abonad*)|pendiente*) ; abono* (pendiente*|no (recibid*|emitid*|contabiliz*|realizad*)|descontad*|prometid*|que (no|aún|falta)|aún|todavía|sin (recibir|emitir)) ; pendiente* de (recibir|emitir)? ?(abono*|abonar); (ustedes|nos|vds|vosotros) (nos)? (deben|adeudan|debéis|debe) .. ; saldo (a nuestro favor|acreedor|a favor); crédito a nuestro favor; a nuestro favor; descont* .. (abono*|nota*|cargo*|nuestra factura|saldo); nos (deben|adeudan)
    """,
    "FI-10": """
        10: interes* (de|por)? (demora*|moratori*|mora|aplazamiento|retraso|legal*|devolución|de retraso); (gasto*|coste*|cargo*|comisi*) (de|por)? (reclamaci*|recobro|cobro|devolución|demora|impago|gestión de impag*|mora) .. ; (compensación|indemnización|40 eur*|40 €) .. (cobro|costes|demora|recobro)?; (anul*|rechaz*|no (acept*|procede*|aceptamos)|contest*|impugn*|condon*|retir*|elimin*) .. (interes*|gastos de (reclam*|devol*|demora)|40 euros|recargo por mora); interes*
    """,
    "FI-11": """
        10: (comisi*|cuota*|cargo*|honorari*|descuento|retenci*|gastos|porcentaje) .. (agente*|factor*|central (de)? (compras|pagos)|central*|plataforma|marketplace|grupo de compra|representante*|cooperativa|intermediaci*|asociado*|garantía de cobro|corretaje|mediación|del credere); comisi* (de|del|por|pactad*|sobre|#|central*|factoring|garantía)?; del credere; factoring
    """,
    "FI-12": """
        11: concurso (de acreedores|voluntari*|necesari*|de la|express|declarad*); (administra*) (concursal*); concursal*; (preconcurso|insolvenc*|quiebra|liquidación (concursal|judicial|de la (empresa|sociedad))|comunicación de créditos|juzgado (de lo)? mercantil|suspensión de pagos|plan de reestructuración|segunda oportunidad|acreedores); declarad* en concurso; comunicar .. crédito*; en liquidación
    """,
    "FI-13": """
        10: (pago*|abono|transferencia|ingreso) (parcial*|a cuenta|en (dos|varios|tres) (veces|pagos|plazos)|fraccionad* .. resto|de una parte); (primer (pago|plazo)|mitad|una parte|parte|anticipo|entrega a cuenta) .. (resto|restante*|hoy|saldo|próxim*|segund*|otra mitad|después|semana|mes|pendiente*|ahora); (resto|restante*|lo que falta|otra mitad|diferencia|saldo pendiente|importe restante) .. (pagar*|abonar*|próxim*|semana*|mes|antes|final*|posterior*|siguiente|transferir*|será|se (pagará|abonará|hará)|más adelante|quincena|en # días|liquidar*|lo (pag*|abon*|haremos)); a cuenta
    """,
    "FI-14": """
        10: anticip* .. (interes*|descuento*|financier*|pago con)?; (interes*|descuento*|compensación) .. (pago anticipad*|anticip* (de|del) pago|pago adelantad*); (pagad*|pago*|abonad*) .. (anticipad*|por anticipado|antes (del|de) (vencimiento|plazo)|adelantad*|# días antes) .. (interes*|descuent*|deduc*|descont*|reten*); confirming .. (anticip*|coste|interes*|gastos|descuento)?; descuento dinámico; pago anticipad*
    """,
    "FI-15": """
        11: (pagad*|abonad*|pago*|transferid*|transferencia*|ingresad*|cobrad*) .. (de más|dos veces|por duplicado|por error|en exceso|doble*|2 veces|duplicad*|indebidamente|más de lo debido|demasiado|errónea*|equivocad*); (doble|duplicado) (pago*|transferencia*|abono|ingreso|cobro); pago* (doble*|duplicad*|en exceso|indebid*|errón*); (devol*|reembols*|reintegr*|devuel*|restitu*) .. (exceso|pagad* de más|pago duplicado|doble pago|importe pagado|sobrante|dinero|pago (indebid*|errón*|doble)|cobrad* de más|cantidad (abonada|pagada)|diferencia (pagada|abonada)); exceso de pago; saldo a (nuestro|mi) favor
        8: dos (transferencias|pagos|veces) .. (misma|mismo)
        9: (pagad*|pagamos|transferid*|abonad*) .. (por error|dos veces|otra vez|de más|por duplicado)
    """,
    "FI-16": "",
    "FI-17": "",
}
