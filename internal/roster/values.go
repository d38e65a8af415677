package roster

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rollcall/internal/account"
)

// meaning is what a word stands for; certain where it has no other reading.
type meaning struct {
	value   string
	certain bool
}

// vocabulary is what words mean. A word is found however it is folded, but only
// one that is spelt as it is here can be certain.
type vocabulary struct {
	folded map[string]meaning
	spelt  map[string]bool // by spelling, of those that are certain
}

func newVocabulary() vocabulary {
	return vocabulary{make(map[string]meaning), make(map[string]bool)}
}

// words adds words, separated by commas.
func words(into vocabulary, value string, certain bool, list string) {
	for _, w := range strings.Split(list, ",") {
		into.folded[Fold(w)] = meaning{value, certain}
		if certain {
			into.spelt[spelling(w)] = true
		}
	}
}

// spelling is the form in which two writings of a word are the same for
// certain: letter case does not count, nor a hyphen or an underscore for the
// space between two words. Every other sign does, and so does an accent.
func spelling(text string) string {
	text = strings.ToLower(norm.NFC.String(Tidy(text)))
	if strings.IndexAny(text, "-_") <= 0 || strings.IndexAny(text[len(text)-1:], "-_") == 0 {
		return text
	}
	return strings.NewReplacer("-", " ", "_", " ").Replace(text)
}

var statusWords = makeStatusWords()

func makeStatusWords() vocabulary {
	m := newVocabulary()
	words(m, account.StatusActive, true, "active,activated,activate,enabled,enable,"+
		"aktiv,aktiviert,aktiverad,aktivert,aktiveret,actif,active,activé,activo,activa,activado,habilitado,habilitada,"+
		"attivo,attiva,attivato,abilitato,ativo,ativa,ativado,actief,ingeschakeld,aktywny,aktywna,aktivní,aktívny,aktív,"+
		"aktif,etkin,activ,aktiven,aktyvus,aktīvs,aktiivne,aktiivinen,käytössä,"+
		"активный,активен,активна,активно,включен,включён,активний,увімкнено,ενεργός,ενεργο,"+
		"有効,アクティブ,启用,已启用,啟用,已啟用,活动,有效,활성,활성화,사용,نشط,مفعل,פעיל")
	words(m, account.StatusArchived, true, "archived,archive,inactive,inactivated,disabled,disable,deactivated,deactivate,not active,non active,"+
		"archiviert,inaktiv,deaktiviert,inaktiverad,arkiverad,arkivert,arkiveret,deaktiveret,inactif,inactive,désactivé,archivé,archivée,"+
		"inactivo,inactiva,desactivado,deshabilitado,archivado,archivada,inattivo,inattiva,disattivato,disabilitato,archiviato,"+
		"inativo,inativa,desativado,arquivado,inactief,uitgeschakeld,gearchiveerd,nieaktywny,zarchiwizowany,neaktivní,archivovaný,neaktívny,"+
		"inaktív,archivált,pasif,devre dışı,arşivlenmiş,arşivlendi,ei käytössä,arkistoitu,неактивный,неактивен,отключен,отключён,архивный,в архиве,архив,"+
		"неактивний,архівний,вимкнено,ανενεργός,αρχειοθετημένος,無効,アーカイブ,アーカイブ済み,禁用,已禁用,停用,已停用,归档,已归档,存檔,已封存,비활성,비활성화,보관됨,غير نشط,לא פעיל")
	words(m, account.StatusActive, false, "yes,y,true,1,on,live,current,ok,valid,in use,working,employed,unlocked,approved,confirmed,new,a,"+
		"ja,oui,si,sì,sim,tak,ano,да,tak,是,はい,staged,provisioned,invited,pending,member,在职")
	words(m, account.StatusArchived, false, "no,n,false,0,off,suspended,suspend,blocked,locked,terminated,left,leaver,former,ex employee,retired,resigned,"+
		"deleted,removed,closed,expired,deprovisioned,offboarded,past,gesperrt,gelöscht,ausgeschieden,nein,non,nee,nie,ne,нет,ні,否,いいえ,"+
		"suspendu,suspendido,sospeso,suspenso,geblokkeerd,zawieszony,заблокирован,離職,离职,退職,정지")
	return m
}

var roleWords = makeRoleWords()

func makeRoleWords() vocabulary {
	m := newVocabulary()
	words(m, account.RoleUser, true, "user,users,member,members,standard user,regular user,normal user,end user,basic user,"+
		"benutzer,nutzer,anwender,mitglied,utilisateur,utilisatrice,membre,usuario,usuaria,miembro,utente,membro,usuário,utilizador,"+
		"gebruiker,lid,användare,medlem,bruker,bruger,käyttäjä,użytkownik,uživatel,používateľ,felhasználó,utilizator,kullanıcı,"+
		"пользователь,користувач,потребител,χρήστης,ユーザー,ユーザ,一般ユーザー,メンバー,用户,普通用户,用戶,使用者,成员,사용자,مستخدم,משתמש")
	words(m, account.RoleAdmin, true, "admin,admins,administrator,administrators,administrateur,administratrice,administrador,administradora,"+
		"amministratore,amministratrice,beheerder,administratör,järjestelmänvalvoja,ylläpitäjä,administrátor,správce,adminisztrátor,rendszergazda,"+
		"администратор,админ,адміністратор,διαχειριστής,管理者,管理员,管理員,系統管理員,관리자,مدير النظام,מנהל מערכת")
	words(m, account.RoleSupervisor, true, "supervisor,supervisors,superviseur,superviseuse,supervisora,supervisore,supervisör,supervisorin,"+
		"супервайзер,супервизор,スーパーバイザー,감독자,nadzorca,toezichthouder")
	words(m, account.RoleUser, false, "standard,regular,normal,basic,employee,staff,agent,end users,guest,viewer,read only,contributor,collaborator,people,light agent,"+
		"multi channel guest,single channel guest,restricted,mitarbeiter,employé,empleado,dipendente,medewerker")
	words(m, account.RoleAdmin, false, "owner,primary owner,workspace admin,workspace owner,workspace primary owner,org admin,org owner,super admin,superadmin,super administrator,"+
		"global admin,global administrator,site admin,sysadmin,system administrator,root,it admin,user admin,billing admin,account owner,organisation admin,organization admin,adm,yönetici")
	words(m, account.RoleSupervisor, false, "manager,team lead,teamlead,lead,leader,team leader,supervising,superuser,super user,reviewer,line manager,head,vorgesetzter,teamleiter,chef,responsable,jefe,sup,主管")
	return m
}

// StatusOf is the status that a word means in one of the languages known here;
// certain where it has no other reading.
func StatusOf(text string) (status string, certain, ok bool) {
	m, ok := statusWords.of(text)
	return m.value, m.certain, ok
}

// RoleOf is the role that a word means, as StatusOf.
func RoleOf(text string) (role string, certain, ok bool) {
	m, ok := roleWords.of(text)
	return m.value, m.certain, ok
}

// longestWord bounds, in bytes, what is looked up: no word is longer.
const longestWord = 200

// of is what a text means.
func (v vocabulary) of(text string) (meaning, bool) {
	if len(text) > longestWord || v.several(text) {
		return meaning{}, false
	}
	for _, form := range []string{text, Plain(text), norm.NFKC.String(text)} {
		if m, ok := v.folded[Fold(form)]; ok {
			m.certain = m.certain && (v.spelt[spelling(text)] || v.spelt[spelling(form)] || v.spelt[spelling(Plain(text))])
			return m, true
		}
	}
	return meaning{}, false
}

// several says whether a text lists words that mean different things:
// "User/Admin" is neither, and which was meant is not for a program to say.
func (v vocabulary) several(text string) bool {
	if !strings.ContainsAny(text, listSigns) {
		return false
	}
	first := ""
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(listSigns, r) }) {
		m, ok := v.folded[Fold(Plain(word))]
		switch {
		case !ok:
		case first == "":
			first = m.value
		case m.value != first:
			return true
		}
	}
	return false
}

// listSigns stand between the words of a list.
const listSigns = ",;/|&+\n\r，；／｜、"

// NearStatus and NearRole are the value that a word is a slip of the pen for,
// "" where there is none or two are as near.
func NearStatus(text string) string { return nearMeaning(statusWords, text) }

// NearRole is NearStatus for roles.
func NearRole(text string) string { return nearMeaning(roleWords, text) }

func nearMeaning(table vocabulary, text string) string {
	if len(text) > longestWord || table.several(text) {
		return ""
	}
	key := Fold(Plain(text))
	best, value, tie := 1<<30, "", false
	for word, m := range table.folded {
		// A short word is one edit away from too many others.
		if !m.certain || utf8.RuneCountInString(word) < 4 || utf8.RuneCountInString(key) < 3 {
			continue
		}
		far := edits(key, word)
		if far > slips(key, word) {
			continue
		}
		switch {
		case far < best:
			best, value, tie = far, m.value, false
		case far == best && value != m.value:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return value
}

// slips is how many edits apart two words can be and still be one: one in four
// letters, two at most, and only one where they begin differently, since
// "unarchived" is no slip for "archived".
func slips(a, b string) int {
	first, _ := utf8.DecodeRuneInString(a)
	other, _ := utf8.DecodeRuneInString(b)
	if first != other {
		return 1
	}
	return max(1, min(2, utf8.RuneCountInString(b)/4))
}

// noneWords are ways to say that a user is in no group.
var noneWords = func() vocabulary {
	m := newVocabulary()
	words(m, NoGroup, true, "none,no group,no groups,without group,n/a,keine,keine gruppe,aucun,aucun groupe,ninguno,ningún grupo,nessuno,nessun gruppo,"+
		"nenhum,geen,ingen,inga,brak,žádná,нет групп,なし,无,無,없음")
	words(m, NoGroup, false, "no,nil,null,empty,na,nothing,undefined,unassigned,nan")
	return m
}()

// NoneOf says whether a word means no group at all.
func NoneOf(text string) (certain, ok bool) {
	m, ok := noneWords.of(text)
	if !ok && strings.Trim(text, "-–—./ ") == "" && text != "" {
		return false, true
	}
	return m.certain, ok
}

// valueKey is the key of Mapping.Values: without spaces around and in lower
// case.
func valueKey(text string) string { return strings.ToLower(TrimSpace(text)) }
