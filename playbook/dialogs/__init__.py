"""Questions put before a screen: each dialog answers with a typed result, or with None when left."""
