"""The event contracts: exported schemas, the compatibility gate and the AsyncAPI document."""
