"""The variable steps of an address; what does not fit is no address of ours."""


class PublicId:
    regex = "[0-9a-z]{8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Year:
    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        if not int(value):
            raise ValueError
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class Month:
    regex = "0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"
