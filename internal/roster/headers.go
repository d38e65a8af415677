package roster

import (
	"strings"
	"sync"
	"unicode"
)

// target is what a header can name: a column of the template or a part of one.
type target uint8

const (
	noTarget target = iota
	toStatus
	toBlocked // the status, inverted
	toName
	toFirst
	toLast
	toEmail
	toRole
	toGroups
	toGroupN // one of several columns of groups
	toSources
)

// grade is how much a header tells.
type grade uint8

const (
	noGrade grade = iota
	// hint: the header may mean the column; its content decides, and a person
	// is asked.
	hint
	// synonym: the header means the column.
	synonym
	// own: the template's own header.
	own
)

type naming struct {
	target target
	grade  grade
}

// headerWords is what headers mean, by folded text. The lists hold what the
// exports of directories, chat platforms and personnel systems call their
// columns, in the languages that their makers ship.
var headerWords = sync.OnceValue(func() map[string]naming {
	m := make(map[string]naming)
	put := func(t target, g grade, list string) {
		for _, w := range strings.Split(list, ",") {
			key := Fold(w)
			if old, ok := m[key]; ok && old.grade >= g {
				continue
			}
			m[key] = naming{t, g}
		}
	}
	put(toStatus, own, "Current Status")
	put(toName, own, "Display Name")
	put(toEmail, own, "Primary Email")
	put(toRole, own, "Role")
	put(toGroups, own, "Groups,Group(s)")
	put(toSources, own, "Source Username(s)")

	put(toEmail, synonym, "email,e-mail,emails,email address,e-mail address,emailaddress,primary e-mail,primary email address,primary e-mail address,primaryemail,mail,mail address,"+
		"work email,work e-mail,email work,e-mail work,email (work),business email,business e-mail,business email address,company email,corporate email,office email,user email,useremail,"+
		"employee email,work email address,email id,workemail,member email,contact email,email - primary work,primary work email,work contact: work email,"+
		"e-mail-adresse,email-adresse,emailadresse,e-mailadresse,mailadresse,geschäftliche e-mail,dienstliche e-mail,e-mail geschäftlich,e-mail (geschäftlich),"+
		"adresse e-mail,adresse email,adresse mail,courriel,adresse courriel,adresse électronique,e-mail professionnel,email professionnel,adresse e-mail professionnelle,"+
		"correo,correo electrónico,dirección de correo,dirección de correo electrónico,correo corporativo,correo de trabajo,"+
		"indirizzo email,indirizzo e-mail,posta elettronica,indirizzo di posta elettronica,email aziendale,endereço de email,endereço de e-mail,correio eletrónico,correio eletrônico,e-mail corporativo,"+
		"e-mailadres,mailadres,e-postadress,e-post,epost,e-postadresse,sähköposti,sähköpostiosoite,adres e-mail,adres email,e-mail służbowy,e-mailová adresa,e-mail cím,e-posta,e-posta adresi,adresă de e-mail,"+
		"электронная почта,эл. почта,почта,адрес электронной почты,электронный адрес,електронна пошта,имейл,ηλεκτρονικό ταχυδρομείο,"+
		"メールアドレス,メール,eメール,电子邮件,电子邮箱,邮箱,邮件地址,邮箱地址,電子郵件,電郵,이메일,이메일 주소,البريد الإلكتروني,אימייל,דואר אלקטרוני")
	put(toEmail, hint, "user principal name,userprincipalname,upn,login,login name,user login,username,user name,user,sign in name,sign-in name,logon name,account,account name,email 1,e-mail 1 - value,email1,mail nickname,login email,contact")

	put(toName, synonym, "displayname,full name,fullname,name,person name,employee name,user full name,real name,realname,complete name,member name,staff name,name displayed,preferred full name,common name,formatted name,name.formatted,cn,"+
		"anzeigename,vollständiger name,voller name,ganzer name,mitarbeitername,nom complet,nom affiché,nom d'affichage,nom et prénom,prénom et nom,nom prénom,"+
		"nombre completo,nombre para mostrar,nombre y apellidos,nombre y apellido,nome completo,nome visualizzato,nome e cognome,cognome e nome,nome de exibição,nome para exibição,"+
		"volledige naam,weergavenaam,naam,visningsnamn,fullständigt namn,visningsnavn,fullt navn,fulde navn,koko nimi,näyttönimi,imię i nazwisko,nazwa wyświetlana,celé jméno,zobrazované jméno,jméno a příjmení,teljes név,megjelenítendő név,ad soyad,adı soyadı,görünen ad,nume complet,"+
		"фио,ф.и.о.,полное имя,отображаемое имя,имя и фамилия,піб,повне ім'я,ονοματεπώνυμο,氏名,表示名,名前,お名前,姓名,显示名称,全名,顯示名稱,성명,이름,표시 이름,الاسم الكامل,שם מלא")
	put(toName, hint, "payroll name,user name,username,nickname,nick name,preferred name,known as,person,employee,worker,staff,user,member,contact name,title and name")
	put(toFirst, synonym, "first name,firstname,given name,givenname,forename,first names,given names,fname,legal first name,name.given,name.givenname,vorname,vornamen,prénom,prénoms,nombre,nombres,primer nombre,voornaam,förnamn,fornavn,etunimi,imię,křestní jméno,meno,keresztnév,utónév,prenume,имя,ім'я,όνομα,名,ad,adı,nome próprio,primeiro nome,お名前(名)")
	put(toLast, synonym, "last name,lastname,surname,family name,familyname,second name,lname,legal last name,name.family,name.familyname,nachname,familienname,zuname,nom de famille,apellido,apellidos,cognome,sobrenome,apelido,último nome,achternaam,familienaam,efternamn,etternavn,efternavn,sukunimi,nazwisko,příjmení,priezvisko,vezetéknév,nume de familie,фамилия,прізвище,επώνυμο,姓,soyad,soyadı")

	put(toRole, synonym, "user role,userrole,account role,roles,role name,app role,application role,rolle,benutzerrolle,rollen,rôle,rôle utilisateur,rol,rol de usuario,roles de usuario,ruolo,ruolo utente,função,papel,perfil de usuário,gebruikersrol,roll,användarroll,brukerrolle,rooli,rola,rola użytkownika,role uživatele,szerepkör,kullanıcı rolü,роль,роль пользователя,ρόλος,ロール,役割,权限,角色,用户角色,使用者角色,역할,الدور,תפקיד")
	put(toRole, hint, "permission,permissions,permission level,access level,access,access role,user type,usertype,account type,accounttype,type,privilege,privileges,admin role,security role,org role,organization role,workspace role,profile,level,user level,is admin,isadmin,admin,administrator,berechtigung,berechtigungen,droits,permisos,permessi,permissões,рoль в системе,права,権限")

	put(toStatus, synonym, "status,user status,account status,account state,user state,userstatus,accountstatus,state of account,member status,benutzerstatus,kontostatus,statut,statut du compte,statut utilisateur,estado,estado actual,estado de la cuenta,stato,stato utente,stato account,situação,estado da conta,accountstatus,kontostatus,tila,stan,stav,állapot,durum,stare,статус,состояние,статус пользователя,стан,κατάσταση,ステータス,状態,状态,账户状态,狀態,상태,الحالة,סטטוס")
	put(toStatus, hint, "active,is active,isactive,enabled,is enabled,isenabled,account enabled,accountenabled,account active,user active,activated,state,lifecycle state,lifecycle status,employment status,employee status,worker status,position status,active status,worker active,employee active,new status,current state,aktiv,actif,activo,attivo,ativo,actief,activé,active?,enabled?,in service,activation status")
	put(toBlocked, synonym, "block sign in,block sign-in,block signin,block credential,sign in blocked,sign-in blocked,sign in disabled,login disabled,login blocked,account disabled,anmeldung blockieren,bloquer la connexion,bloquear inicio de sesión")
	put(toBlocked, hint, "blocked,is blocked,disabled,is disabled,suspended,is suspended,deactivated,archived,is archived,inactive,is inactive,terminated,locked,account locked,gesperrt,deaktiviert,bloqué,désactivé,bloqueado,deshabilitado,disattivato,bloccato")

	put(toGroups, synonym, "group,user groups,usergroups,user group,group name,group names,group membership,group memberships,groups membership,member of,memberof,"+
		"gruppe,gruppen,benutzergruppen,benutzergruppe,gruppenname,groupe,groupes,groupe(s),groupes d'utilisateurs,grupo,grupos,grupos de usuarios,gruppo,gruppi,gruppi utente,grupos de usuários,groep,groepen,gebruikersgroepen,grupp,grupper,användargrupper,brukergrupper,ryhmä,ryhmät,grupa,grupy,skupina,skupiny,csoport,csoportok,grup,gruplar,grupuri,"+
		"группа,группы,группы пользователей,група,групи,ομάδα,ομάδες,グループ,所属グループ,组,群组,用户组,小组,群組,그룹,المجموعات,קבוצות")
	put(toGroups, hint, "team,teams,team name,department,departments,division,org unit,org unit path,organizational unit,organisational unit,ou,unit,business unit,tags,labels,memberships,distribution list,distribution lists,distribution group,security groups,squad,abteilung,service,équipe,equipo,departamento,reparto,afdeling,avdelning,отдел,部門,部门,부서")
	put(toSources, synonym, "source usernames,source username,source user names,source user name,source identifiers,source identifier,source ids,source id,sources,source accounts,source handles")
	put(toSources, hint, "identifiers,usernames,user names,handles,source,chat ids,platform ids,accounts,im handles")
	return m
})

// annotations are the words that forms put beside a header.
var annotations = map[string]bool{
	"required": true, "optional": true, "mandatory": true, "yes no": true, "y n": true, "upload only": true, "read only": true,
	"must be in the e 164 format": true, "true false": true, "pflichtfeld": true, "personal profile": true, "employment profile": true, "obligatoire": true, "obligatorio": true, "do not edit": true,
}

// headerKeys are the folded forms under which a header is looked up, the fullest
// first: "User name [userPrincipalName] Required" gives "user name user
// principal name required", "user name" and "user principal name".
func headerKeys(header string) []string {
	header = Tidy(header)
	keys := []string{Fold(splitCamel(header))}
	if one := Fold(header); one != keys[0] {
		keys = append(keys, one)
	}
	rest, inside := cutBrackets(header)
	rest = strings.Trim(rest, " *:")
	for _, word := range []string{" required", " optional", " (required)"} {
		if n := len(rest) - len(word); n > 0 && strings.EqualFold(rest[n:], word) {
			rest = rest[:n]
		}
	}
	for _, key := range append([]string{Fold(splitCamel(rest)), Fold(rest)}, inside...) {
		if key != "" && !contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// cutBrackets takes square brackets and annotations in round ones out of a
// header; inside are the folded names that stood in square ones.
func cutBrackets(header string) (rest string, inside []string) {
	var b strings.Builder
	for header != "" {
		open := strings.IndexAny(header, "[(")
		if open < 0 {
			break
		}
		closing := strings.IndexByte(header[open:], map[byte]byte{'[': ']', '(': ')'}[header[open]])
		if closing < 0 {
			break
		}
		word := header[open+1 : open+closing]
		key := Fold(splitCamel(word))
		switch {
		case annotations[key]:
			b.WriteString(header[:open])
		case header[open] == '[':
			b.WriteString(header[:open])
			inside = append(inside, key)
		default:
			b.WriteString(header[:open+closing+1])
		}
		header = header[open+closing+1:]
	}
	b.WriteString(header)
	return strings.TrimSpace(Tidy(b.String())), inside
}

// splitCamel puts a space where a capital or a digit follows a small letter:
// "firstName" → "first Name", "Group1" → "Group 1".
func splitCamel(text string) string {
	var b strings.Builder
	before := rune(0)
	for _, r := range text {
		if unicode.IsLower(before) && (unicode.IsUpper(r) || unicode.IsDigit(r)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

// nameOf is what a header means.
func nameOf(header string) naming {
	if Blank(header) {
		return naming{}
	}
	best := naming{}
	for _, key := range headerKeys(header) {
		n, ok := headerWords()[key]
		if !ok {
			n = numbered(key)
		}
		if n.grade > best.grade {
			best = n
		}
	}
	if best.target == toStatus && says(header, "block") {
		best = naming{toBlocked, best.grade}
	}
	return best
}

// numbered recognises "group 1", "groups 2", "team 3".
func numbered(key string) naming {
	at := strings.LastIndexByte(key, ' ')
	if at < 0 || strings.Trim(key[at+1:], "0123456789") != "" {
		return naming{}
	}
	if n := headerWords()[key[:at]]; n.target == toGroups {
		return naming{toGroupN, min(n.grade, synonym)}
	}
	return naming{}
}

func says(header, word string) bool { return strings.Contains(Fold(splitCamel(header)), word) }

// nearName is what a header that is no known word nearly means, by a slip or
// two of the pen; only words of five letters and more are compared.
func nearName(header string) naming {
	best, found := 1<<30, naming{}
	for _, key := range headerKeys(header) {
		if len(key) < 5 {
			continue
		}
		for word, n := range headerWords() {
			if n.grade < synonym || len(word) < 5 || len(word) > len(key)+2 || len(key) > len(word)+2 {
				continue
			}
			if far := edits(key, word); far <= min(2, len(word)/4) && (far < best || far == best && n.target < found.target) {
				best, found = far, naming{n.target, hint}
			}
		}
	}
	return found
}

// HeaderScore says how much a row looks like a header row: positive where its
// cells name columns, negative where they are data. The row with the highest
// score is the header.
func HeaderScore(row []string) int {
	score := 0
	for _, cell := range row {
		switch n := nameOf(cell); {
		case n.grade == own:
			score += 10
		case n.grade == synonym:
			score += 6
		case n.grade == hint:
			score += 2
		case looksLikeMail(cell):
			score -= 8
		case Blank(cell):
		case len(cell) > 5 && KindOf(cell) != nil:
			score += 3
		case len(headerKeys(cell)[0]) > 60:
			score -= 2
		}
	}
	return score
}

// looksLikeMail is a quick look for an address.
func looksLikeMail(text string) bool {
	at := strings.IndexByte(text, '@')
	return at > 0 && strings.IndexByte(text[at:], '.') > 1
}
