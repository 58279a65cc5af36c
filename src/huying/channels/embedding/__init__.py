"""The softphone inside another company's page: which pages may have it, how one signs in there, which addresses open for a call."""
