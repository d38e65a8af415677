// Package look is how Rollcall looks: the theme with its colour tokens, the
// sizes and spacing, the icons, and the small building blocks that every
// screen is put together from (text, buttons, cards, banners, filter bars).
//
// It knows nothing of users, files or accounts and imports nothing of ours.
// A screen asks here for every colour and size; no literal colour or text size
// belongs in a screen.
package look
