"""Receivables: orders, deliveries, invoices, payments, open items, as ERP and bank state them."""
