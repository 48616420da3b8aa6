"""Receivables: orders, deliveries, invoices, prices, promotions, payments and open items, as the ERP and the bank state them."""
