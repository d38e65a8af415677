package look

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Icons by what they mean. They take the colour of a token with Tinted, or the
// text colour as they are.
func IconOpen() fyne.Resource     { return theme.FolderOpenIcon() }
func IconSave() fyne.Resource     { return theme.DocumentSaveIcon() }
func IconUndo() fyne.Resource     { return theme.ContentUndoIcon() }
func IconRedo() fyne.Resource     { return theme.ContentRedoIcon() }
func IconFind() fyne.Resource     { return theme.SearchIcon() }
func IconBack() fyne.Resource     { return theme.NavigateBackIcon() }
func IconDown() fyne.Resource     { return theme.MenuDropDownIcon() }
func IconClose() fyne.Resource    { return theme.CancelIcon() }
func IconCheck() fyne.Resource    { return theme.ConfirmIcon() }
func IconWarning() fyne.Resource  { return theme.WarningIcon() }
func IconError() fyne.Resource    { return theme.ErrorIcon() }
func IconInfo() fyne.Resource     { return theme.InfoIcon() }
func IconDownload() fyne.Resource { return theme.DownloadIcon() }
func IconFile() fyne.Resource     { return theme.FileTextIcon() }
func IconMore() fyne.Resource     { return theme.MoreVerticalIcon() }

// Tinted is the icon in the colour of a token, in whatever theme is shown.
func Tinted(icon fyne.Resource, color fyne.ThemeColorName) fyne.Resource {
	return theme.NewColoredResource(icon, color)
}

// paintedKey names an icon in a colour for a scale of the screen.
type paintedKey struct {
	name  string
	color color.NRGBA
	scale float32
}

// painted are the icons in the colours that were needed so far: a few dozen, of
// under a kilobyte each. To colour one anew takes longer than all else that a
// button does when the pointer goes over it.
var painted = map[paintedKey]fyne.Resource{}

// paint has an image show an icon in the colour of a token, and draws it anew
// only when that, or the scale of its window, differs from what it shows.
func paint(image *canvas.Image, icon fyne.Resource, name fyne.ThemeColorName) {
	key := paintedKey{name: icon.Name(), scale: 1}
	key.color, _ = color.NRGBAModel.Convert(Color(name)).(color.NRGBA)
	if c := fyne.CurrentApp().Driver().CanvasForObject(image); c != nil {
		key.scale = c.Scale()
	}
	res, ok := painted[key]
	if !ok {
		res = fyne.NewStaticResource(fmt.Sprintf("%v-%s", key.color, key.name), Tinted(icon, name).Content())
		painted[key] = res
	}
	image.Show()
	if image.Resource == res && image.Image != nil {
		return
	}
	image.Resource = res
	image.Refresh()
}

// Icon shows an icon at the given size in canvas units in the colour of a token.
type Icon struct {
	widget.BaseWidget
	resource fyne.Resource
	color    fyne.ThemeColorName
	side     float32
	image    *canvas.Image
}

// NewIcon makes an icon of the given size in canvas units.
func NewIcon(resource fyne.Resource, color fyne.ThemeColorName, side float32) *Icon {
	i := &Icon{resource: resource, color: color, side: side}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes what is shown.
func (i *Icon) Set(resource fyne.Resource, color fyne.ThemeColorName) {
	i.resource, i.color = resource, color
	i.Refresh()
}

// CreateRenderer is asked for by Fyne.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	i.ExtendBaseWidget(i)
	i.image = canvas.NewImageFromResource(nil)
	i.image.FillMode = canvas.ImageFillContain
	r := &plainRenderer{objects: []fyne.CanvasObject{i.image}, widget: i}
	r.restyle = func() {
		if i.resource == nil {
			i.image.Hide()
			return
		}
		paint(i.image, i.resource, i.color)
	}
	r.layout = func(size fyne.Size) {
		i.image.Resize(fyne.NewSquareSize(i.side))
		i.image.Move(fyne.NewPos((size.Width-i.side)/2, (size.Height-i.side)/2))
	}
	r.least = func() fyne.Size { return fyne.NewSquareSize(i.side) }
	r.restyle()
	return r
}
