from __future__ import annotations

from concilia.receivables.models.agreements import ContractPrice, Product, Promotion
from concilia.receivables.models.bank import BankAccount, BankEntry, BankStatement
from concilia.receivables.models.deliveries import Delivery, DeliveryLine, Order, OrderLine
from concilia.receivables.models.invoices import Invoice, InvoiceLine
from concilia.receivables.models.items import ItemKind, OpenItem

__all__ = [
    "BankAccount",
    "BankEntry",
    "BankStatement",
    "ContractPrice",
    "Delivery",
    "DeliveryLine",
    "Invoice",
    "InvoiceLine",
    "ItemKind",
    "OpenItem",
    "Order",
    "OrderLine",
    "Product",
    "Promotion",
]
