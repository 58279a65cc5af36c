"""The bus between processes: publish, subscribe, ask. NATS in production, memory in simulations."""
