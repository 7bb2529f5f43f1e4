/**
 * What a column of a list can mean, and the names people give it.
 *
 * Names are compared without case, accents and signs, so `Téléphone (mobile)` is `telephone_mobile`. A column of no
 * known name is kept under its own, as a custom field.
 */
export const fields = [
  'phone',
  'full_name',
  'first_name',
  'last_name',
  'company',
  'email',
  'city',
  'time_zone',
  'country',
  'region',
  'postcode',
  'language',
  'priority',
  'attempts',
  'max_attempts',
  'consent_basis',
  'follow_up_date',
  'last_order_date',
  'customer_segment',
] as const
export type Field = (typeof fields)[number]
/** `custom` keeps the column under its own name, `ignore` drops it. */
export type ColumnRole = Field | 'custom' | 'ignore'

/** English first, then Spanish, French, German, Portuguese, Italian, Dutch, Turkish, Urdu and Hindi in Latin letters. */
const names: Record<Field, string> = {
  phone:
    'phone phone_number phone_no phone_num number mobile mobile_phone mobile_number mobile_no cell cellphone cell_phone ' +
    'cell_number tel telephone telephone_number tel_no tel_number msisdn contact_number contact_no contact_phone ph ph_no ' +
    'landline home_phone work_phone business_phone office_phone primary_phone secondary_phone main_phone alternate_phone ' +
    'alt_phone other_phone day_phone evening_phone direct_phone direct_dial whatsapp whatsapp_number e164 customer_phone ' +
    'customer_number_phone dial_number called_number destination phone_mobile phone_home phone_work ' +
    'telefono numero_de_telefono movil celular telefono_movil portable telephone_portable numero_de_telephone ' +
    'telefon telefonnummer mobil handy handynummer mobiltelefon rufnummer telefone numero_de_telefone telemovel ' +
    'cellulare numero_di_telefono telefoon telefoonnummer mobiel gsm cep_telefonu telefon_numarasi mobile_numarasi ' +
    'fon mob',
  full_name:
    'name full_name fullname contact_name customer_name client_name lead_name person contact customer client display_name ' +
    'nombre_completo nombre_y_apellidos nom_complet nom_et_prenom vollstandiger_name kunde kundenname nome_completo naam ' +
    'volledige_naam ad_soyad isim naam_mukammal',
  first_name:
    'first_name firstname fname given_name forename christian_name nombre prenom vorname nome voornaam ad nombre_de_pila',
  last_name:
    'last_name lastname lname surname family_name second_name apellido apellidos nom nom_de_famille nachname familienname ' +
    'sobrenome apelido cognome achternaam soyad soyadi',
  company:
    'company company_name organisation organization org business business_name account_name employer firm firma firmenname ' +
    'empresa compania entreprise societe raison_sociale unternehmen azienda societa bedrijf sirket',
  email:
    'email e_mail email_address e_mail_address mail correo correo_electronico courriel adresse_mail adresse_email ' +
    'email_adresse e_mail_adresse posta_elettronica eposta e_posta',
  city: 'city town locality ciudad localidad ville ort stadt wohnort cidade citta comune plaats stad sehir shehar',
  time_zone:
    'time_zone timezone tz zone iana_time_zone zona_horaria fuseau_horaire zeitzone fuso_horario fuso_orario tijdzone saat_dilimi',
  country: 'country country_code country_name iso_country nation pais pays land staat paese ulke mulk',
  region:
    'state region province state_code state_province province_state us_state state_abbr county_state estado provincia ' +
    'departement bundesland kanton regione provincie il_ilce suba',
  postcode:
    'postcode post_code postal_code zip zip_code zipcode postal plz postleitzahl codigo_postal code_postal cp cep cap pincode pin_code posta_kodu',
  language: 'language lang preferred_language idioma langue sprache lingua idioma_preferido taal dil zaban',
  priority: 'priority prio rank lead_priority prioridad priorite prioritat prioridade priorita prioriteit oncelik',
  attempts: 'attempts retries tries call_attempts retry_attempts intentos tentatives versuche tentativas tentativi',
  max_attempts: 'max_attempts maximum_attempts attempts_max max_tries max_calls',
  consent_basis:
    'consent consent_basis consent_type consented opt_in opted_in optin permission legal_basis lawful_basis consentimiento ' +
    'consentement einwilligung consentimento consenso toestemming',
  follow_up_date:
    'follow_up_date followup_date follow_up followup next_call next_call_date call_back_date callback_date call_after due_date',
  last_order_date: 'last_order_date last_order last_order_at last_purchase last_purchase_date order_date_last',
  customer_segment: 'customer_segment segment customer_type customer_size tier',
}

/** What a file of refused rows says behind their own columns. */
export const reportColumns = ['outdial_line', 'outdial_column', 'outdial_reason'] as const

export function isReportColumn(header: string): boolean {
  return reportColumns.some((name) => name === header.trim().toLowerCase())
}

const fieldOfName = new Map<string, Field>()
for (const field of fields) for (const name of names[field].split(' ')) fieldOfName.set(name, field)

/** A word that makes a column about a phone, not a phone: `phone type`, `tel ext`, `mobile verified`. */
const aboutAPhone =
  /(?:^|_)(?:type|ext|extension|status|verified|valid|carrier|operator|label|code|prefix|country|notes?|comments?|consent|date|time|id|fax|owner|name|brand|model|area|area_code|preferred|use|best)(?:_|$)/
/** A word that makes a column of digits something else than phones. */
export const notAPhone =
  /(?:^|_)(?:id|ids|ids?_number|nr|no|uid|guid|code|ref|reference|order|invoice|account|acct|date|time|timestamp|at|amount|price|total|sum|balance|qty|quantity|count|score|zip|postcode|postal|fax|ssn|cnic|vat|tax|iban|card|lat|lng|lon|latitude|longitude|age|year|month|day|pin|extension|ext)(?:_|$)/

/** `phoneNumber 2` → `phone_number_2`; `E-Mail` → `e_mail`. */
export function plainName(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
}

export interface NamedField {
  field: Field
  /** 1 for a name known as it stands, less where only a part of it is. */
  confidence: number
}

/** What a header says its column is, by the name alone; null where it says nothing. */
export function fieldNamed(header: string): NamedField | null {
  const whole = plainName(header)
  const name = whole.replace(/_?\d{1,2}$/, '')
  const exact = fieldOfName.get(whole) ?? fieldOfName.get(name)
  if (exact) return { field: exact, confidence: 1 }
  const words = name.split('_')
  const hasPhoneWord = words.some((word) =>
    /^(?:phone|mobile|cell|cellphone|tel|telephone|telefono|telefon|telefone|movil|celular|handy|msisdn|gsm)$/.test(
      word,
    ),
  )
  if (hasPhoneWord && !aboutAPhone.test(name)) return { field: 'phone', confidence: 0.8 }
  // `Customer first name`, `billing_city`: the last one or two words decide.
  const ending =
    fieldOfName.get(words.slice(-2).join('_')) ?? (words.length < 4 ? fieldOfName.get(words.at(-1) ?? '') : undefined)
  return ending && ending !== 'phone' && words.length > 1 && isSafeEnding(ending)
    ? { field: ending, confidence: 0.6 }
    : null
}

/** Fields that calling depends on are not taken from half a name. */
function isSafeEnding(field: Field): boolean {
  return ['first_name', 'last_name', 'email', 'city', 'postcode', 'country'].includes(field)
}
