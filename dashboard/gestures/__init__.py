"""What a click does: asks whether somebody may, hands it to the domain, keeps what is to be said.

One module per part of the product.
"""
