"""What is said once, before the first file about other people is read."""

BEFORE_THE_FIRST = (
    "Your file holds other people's details, and they have not been asked. We read who was in touch with whom and "
    "when, never what was written. Everything stays on this computer; nothing is sent. People appear under code "
    "names; the key to them sits in your own folder, and whoever has it can undo them. Code names are not "
    "anonymity: someone who knows your circle may recognise it by its shape. Do not show a named map of real people "
    "without asking them, and do not use it to judge anyone. If the account is your employer's, ask first. You can "
    "remove one person or everything at any time, but not copies you have already shared. If unsure, use the "
    "practice data: every lesson works with it."
)

ON_A_SHARED_COMPUTER = (
    "This is a shared computer: what is read and typed here is on it until it is deleted. Use invented data only, "
    "unless everybody in the file has agreed."
)
