"""The edge to browsers: the app, sessions on requests, the live feed, errors as HTTP, views that mix wings."""
