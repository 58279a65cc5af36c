"""What `./huying bench knowledge` is made of: articles of a made-up appliance maker, questions, and the peer."""
