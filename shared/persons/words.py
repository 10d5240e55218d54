"""What people read about a field of a person: for each code a sentence in Chinese and one in English.

`{position}` and `{character}` say where and which; beyond that one character no text repeats what was sent.
"""

#: Code -> (Chinese, English) of what refuses a field.
FAULTS: dict[str, tuple[str, str]] = {
    "required": ("此项必填。", "This field is required."),
    "too_long": ("内容过长，请缩短后重试。", "The value is too long; shorten it."),
    "bad_characters": (
        "第 {position} 个字符“{character}”不允许使用，请改正。",
        "Character {position} ('{character}') is not allowed here; correct it.",
    ),
    "invisible_character": (
        "第 {position} 个字符（{character}）是看不见的字符，请删除后重新输入。",
        "There is an invisible character ({character}) at position {position}; delete it and type the text again.",
    ),
    "unprintable_character": (
        "第 {position} 个字符（{character}）无法显示或打印，请删除。",
        "Character {position} ({character}) cannot be shown or printed; delete it.",
    ),
    "lost_character": (
        "第 {position} 个字符是“{character}”，生僻字可能在另存文件时丢失；请以 UTF-8 编码重新保存文件，并补上原字。",
        (
            "Character {position} is '{character}': a rare character was probably lost when the file was saved; "
            "save it as UTF-8 and put the character back."
        ),
    ),
    "remark_in_name": (
        "第 {position} 个字符是括号“{character}”；姓名须与证件一致，请删除括号及备注。",
        "Character {position} is the bracket '{character}'; write the name as on the document, without remarks.",
    ),
    "single_character": (
        "姓名只有一个字；如有生僻字丢失，请以 UTF-8 编码重新保存文件，并补上原字。",
        "The name has one character only; if a rare one was lost, save the file as UTF-8 and put it back.",
    ),
    "private_use_character": (
        "第 {position} 个字符（{character}）是私用区编码的生僻字，请改用国家标准 GB 18030-2022 中的编码。",
        "Character {position} ({character}) is a rare one coded in the private use area; use its GB 18030-2022 code.",
    ),
    "unknown_document_type": (
        "证件类型无法识别，请填写居民身份证、护照、港澳居民来往内地通行证等。",
        "Unknown document type; use resident ID, passport, Hong Kong/Macau permit or another listed type.",
    ),
    "bad_format": (
        "证件号码的位数或格式不符合该证件类型。",
        "The number has not the form of this document type.",
    ),
    "bad_military_number": (
        "请按证件写全字号，例如“军字第1234567号”。",
        "Write the whole number as the document prints it, with the word before the digits.",
    ),
    "scientific_notation": (
        "证件号码被电子表格改成了科学记数法，末尾几位已经丢失；请先把该列设为“文本”格式，再重新填写，或使用我们的模板。",
        (
            "A spreadsheet turned the number into scientific notation and its last digits are lost; "
            "format the column as text, enter the numbers again, or use our template."
        ),
    ),
    "number_of_1984": (
        "这是第一代身份证的 15 位号码，请填写 18 位公民身份号码。",
        "This is a 15-digit number of the first generation; give the 18-digit number.",
    ),
    "number_of_permit": (
        "这是港澳台居民居住证的号码，请把证件类型改为“港澳台居民居住证”。",
        (
            "This is the number of a residence permit for Hong Kong, Macau and Taiwan residents; "
            "change the document type to that."
        ),
    ),
    "unknown_region": (
        "证件号码前六位不是该类证件使用过的地址码，请核对。",
        "The first six digits never were an address code of this document type; check them.",
    ),
    "impossible_date": (
        "证件号码中的出生日期不存在，请核对第 7 至 14 位。",
        "The birth date in the number does not exist; check digits 7 to 14.",
    ),
    "future_date": ("证件号码中的出生日期晚于今天。", "The birth date in the number lies in the future."),
    "wrong_check_digit": (
        "证件号码校验码错误，请核对是否抄错一位。",
        "The check character is wrong; look for a mistyped digit.",
    ),
    "issuer_required": (
        "护照须填写证件签发国，例如“中国”或 CHN。",
        "A passport needs its issuing state, as a name or a code of three letters.",
    ),
    "unknown_issuer": (
        "证件签发国无法识别，请填写国家或地区的中文名称或三字母代码，例如“韩国”或 KOR。",
        "Unknown issuing state; give its name or its code of three letters.",
    ),
    "bad_phone": (
        "电话号码无法识别；请填写 11 位手机号码，境外号码请以“+”和国家（地区）代码开头。",
        "The telephone cannot be read; give 11 digits, or start a number from abroad with '+' and its country code.",
    ),
}
#: Code -> (Chinese, English) of what was mended or left out, which refuses nobody.
NOTES: dict[str, tuple[str, str]] = {
    "invisible_removed": (
        "第 {position} 个字符（{character}）是看不见的字符，已删除。",
        "The invisible character ({character}) at position {position} was removed.",
    ),
    "phone_dropped": (
        "电话号码无法识别，已留空；其余内容已受理。",
        "The telephone cannot be read and was left out; the rest was accepted.",
    ),
    "issuer_unsaid": (
        "文件没有“证件签发国”一列，无法区分不同国家的同号护照，请补充该列。",
        (
            "The file has no column for the issuing state, so that passports of two states with one number "
            "cannot be told apart; add it."
        ),
    ),
}
#: Code -> (Chinese, English) of organisations.
ORGANISATION_FAULTS: dict[str, tuple[str, str]] = {
    "bad_credit_code": (
        "统一社会信用代码应为 18 位数字或大写字母，不含 I、O、S、V、Z。",
        "A unified social credit code has 18 digits or capital letters other than I, O, S, V and Z.",
    ),
    "wrong_credit_code_check": (
        "统一社会信用代码的校验码错误，请核对是否抄错一位。",
        "The check character of the credit code is wrong; look for a mistyped character.",
    ),
}
