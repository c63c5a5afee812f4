import type { components } from "./schema";

type Schemas = components["schemas"];

export type Me = Schemas["PortalMe"];
export type Dashboard = Schemas["DashboardOut"];
export type Project = Schemas["PortalProject"];
export type Video = Schemas["PortalVideo"];
export type Version = Schemas["PortalVersionOut"];
export type VersionRow = Schemas["VersionRow"];
export type Film = Schemas["FilmFile"];
export type Note = Schemas["NoteOut"];
export type NewNote = Schemas["NoteIn"];
export type Drawing = Schemas["Drawing"];
export type Stroke = Schemas["Stroke"];
export type Decision = Schemas["DecisionOut"];
export type Verdict = Decision["verdict"];
export type Certificate = Schemas["CertificateOut"];
export type Download = Schemas["DownloadOut"];
export type Downloads = Schemas["DownloadsOut"];
export type Message = Schemas["MessageOut"];
export type Session = Schemas["SessionOut"];
export type Passkey = Schemas["PasskeyOut"];
export type SignInChallenge = Schemas["SignInChallenge"];
export type NewPasskeyChallenge = Schemas["NewPasskeyChallenge"];
