"""The image's runtime stage, in a real container."""
NEEDED = {"debootstrap": "debootstrap", "buildah": "buildah", "runc": "runc"}


def in_a_container(report, options, place):
    pass
