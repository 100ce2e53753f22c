// The page's own words, in English and in French: in the person's language, else in the browser's.

const WORDS = {
  skip: { en: "Skip to the message box", fr: "Aller à la zone de saisie" },
  conversations: { en: "Conversations", fr: "Conversations" },
  channel: { en: "Channel", fr: "Canal" },
  messages: { en: "Messages", fr: "Messages" },
  channels: { en: "Channels", fr: "Canaux" },
  apps: { en: "Apps", fr: "Applications" },
  workspace: { en: "{app} playground", fr: "{app}, bac à sable" },
  connected: { en: "{app} is connected", fr: "{app} est connecté" },
  notConnected: { en: "{app} is not connected", fr: "{app} n’est pas connecté" },
  offline: { en: "The playground does not answer. Trying again…", fr: "Le bac à sable ne répond pas. Nouvelle tentative…" },
  newLine: { en: "New", fr: "Nouveau" },
  tabs: { en: "Tabs", fr: "Onglets" },
  home: { en: "Home", fr: "Accueil" },
  homeWaits: { en: "{app} prepares this place. If nothing comes, it has none.", fr: "{app} prépare cette page. Si rien ne vient, c’est qu’il n’en a pas." },
  optional: { en: "(optional)", fr: "(facultatif)" },
  continue: { en: "Continue", fr: "Continuer" },
  delete: { en: "Delete", fr: "Supprimer" },
  sureToRemove: { en: "Are you sure you want to delete this message? This cannot be undone.", fr: "Voulez-vous vraiment supprimer ce message ? C’est définitif." },
  lastReply: { en: "Last reply at {time}", fr: "Dernière réponse à {time}" },
  viewThread: { en: "View thread", fr: "Voir le fil" },
  shortcuts: { en: "Commands and shortcuts", fr: "Commandes et raccourcis" },
  newMessages: { en: "{n} new", fr: "Nouveaux : {n}" },
  you: { en: "you", fr: "vous" },
  youAre: { en: "You are", fr: "Vous êtes" },
  someoneElse: { en: "Someone else…", fr: "Quelqu’un d’autre…" },
  whoElse: { en: "Name of the person", fr: "Nom de la personne" },
  otherWindow: { en: "Open in another window: {name}", fr: "Ouvrir dans une autre fenêtre : {name}" },
  alertBot: { en: "{name}, an alert bot", fr: "{name}, un bot d’alerte" },
  backToChannels: { en: "Show conversations", fr: "Afficher les conversations" },
  back: { en: "Back", fr: "Retour" },
  close: { en: "Close", fr: "Fermer" },
  cancel: { en: "Cancel", fr: "Annuler" },
  yes: { en: "Yes", fr: "Oui" },
  copy: { en: "Copy", fr: "Copier" },
  save: { en: "Save", fr: "Enregistrer" },
  thread: { en: "Thread", fr: "Fil" },
  reply: { en: "Reply in thread", fr: "Répondre dans le fil" },
  oneReply: { en: "1 reply", fr: "1 réponse" },
  manyReplies: { en: "{n} replies", fr: "{n} réponses" },
  fresh: { en: "new", fr: "nouveau" },
  more: { en: "More actions", fr: "Plus d’actions" },
  copyLink: { en: "Copy link", fr: "Copier le lien" },
  edit: { en: "Edit message", fr: "Modifier le message" },
  remove: { en: "Delete message", fr: "Supprimer le message" },
  edited: { en: "(edited)", fr: "(modifié)" },
  asJson: { en: "View as JSON", fr: "Voir en JSON" },
  onlyYou: { en: "Only visible to you", fr: "Visible uniquement par vous" },
  appBadge: { en: "APP", fr: "APPLI" },
  slackSays: { en: "Slack says", fr: "Slack signale" },
  unknown: { en: "This page cannot draw “{kind}”. Its JSON:", fr: "Cette page ne sait pas afficher « {kind} ». Son JSON :" },
  image: { en: "image", fr: "image" },
  choose: { en: "Choose an option", fr: "Choisir une option" },
  today: { en: "Today", fr: "Aujourd’hui" },
  yesterday: { en: "Yesterday", fr: "Hier" },
  beginning: { en: "This is the very beginning of {name}", fr: "C’est ici que commence {name}" },
  hintChannel: {
    en: "Type {command} and a code, or mention {app} with a reply that a mail server gave.",
    fr: "Tapez {command} et un code, ou mentionnez {app} avec la réponse d’un serveur de messagerie.",
  },
  hintDirect: { en: "Paste a reply, a bounce or a code here: no mention needed.", fr: "Collez ici une réponse, un rebond ou un code : inutile de mentionner qui que ce soit." },
  messageTo: { en: "Message {name}", fr: "Message à {name}" },
  messageAs: { en: "Message {name} as {bot}", fr: "Message à {name} en tant que {bot}" },
  replyTo: { en: "Reply…", fr: "Répondre…" },
  send: { en: "Send", fr: "Envoyer" },
  keys: { en: "Enter sends · Shift+Enter breaks the line", fr: "Entrée envoie · Maj+Entrée va à la ligne" },
  suggestions: { en: "Suggestions", fr: "Suggestions" },
  notACommand: {
    en: "{command} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.\n\nIf you are trying to send a message and not run a command, try preceding the “/” with an empty space.",
    fr: "{command} n’est pas une commande valide. Dans Slack, tout message qui commence par « / » est lu comme une commande.\n\nPour envoyer un message et non une commande, mettez une espace devant le « / ».",
  },
  notInThreads: { en: "{command} is not supported in threads. Sorry!", fr: "{command} ne fonctionne pas dans les fils. Désolé !" },
  commandFailed: { en: "{command} failed with the error “{error}”", fr: "{command} a échoué avec l’erreur « {error} »" },
  callFailed: { en: "That did not work: “{error}”", fr: "Échec de l’appel : « {error} »" },
  tryIt: { en: "Try it", fr: "À essayer" },
  tryItHint: { en: "Pick one: it goes into the message box, and Enter sends it.", fr: "Choisissez : le texte va dans la zone de saisie, et Entrée l’envoie." },
  posts: { en: "posts at once", fr: "publie aussitôt" },
  locale: { en: "Your language in Slack", fr: "Votre langue dans Slack" },
  breakIt: { en: "Break it", fr: "Provoquer une panne" },
  breakRate: { en: "Next 2 calls: 429", fr: "Les 2 prochains appels : 429" },
  breakSlow: { en: "Each call takes 2 s", fr: "Chaque appel prend 2 s" },
  breakRepeat: { en: "Each event comes 3 times", fr: "Chaque événement arrive 3 fois" },
  breakDrop: { en: "Drop the connection", fr: "Couper la connexion" },
  done: { en: "Done", fr: "C’est fait" },
};

// What the person chose as their language in Slack; the browser keeps it, for the page too speaks it.
const chosen = `locale of ${new URLSearchParams(location.search).get("as") ?? ""}`;
export const locale = localStorage.getItem(chosen);
export const chooseLocale = (value) => localStorage.setItem(chosen, value);

export const language = (locale ?? navigator.language).toLowerCase().startsWith("fr") ? "fr" : "en";

export const inLanguage = (words) => words[language] ?? words.en;

export const t = (key, values = {}) => inLanguage(WORDS[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

// The words of index.html itself.
export function translatePage() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
}
