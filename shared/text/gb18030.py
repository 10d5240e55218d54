"""Characters that GB 18030 once had in the private use area, and where Unicode has them now.

Decoders after the edition of 2005 still give the private codes; files written after that of 2022 mean the others. Old
GBK fonts used all of U+E815 to U+E864. Source: GB 18030-2005 and -2022, annexes on the double-byte area.
"""

_GBK = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_FIRST_GBK = 0xE815
_VERTICAL = {
    0xE78D: "\ufe10",
    0xE78E: "\ufe12",
    0xE78F: "\ufe11",
    0xE790: "\ufe13",
    0xE791: "\ufe14",
    0xE792: "\ufe15",
    0xE793: "\ufe16",
    0xE794: "\ufe17",
    0xE795: "\ufe18",
    0xE796: "\ufe19",
}
#: For `str.translate`: private code -> the character.
PUBLISHED: dict[int, str] = {
    **dict(enumerate(_GBK, _FIRST_GBK)),
    **_VERTICAL,
    0xE7C7: "ḿ",
    0xE7C8: "ǹ",
}
