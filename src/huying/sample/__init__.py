"""The sample business of the demo: 海川家电 (Haichuan Appliances), with people, queues, numbers and customers. Never loaded elsewhere."""
