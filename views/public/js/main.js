import '../vendor/htmx.js';
import './form-token.js';
import './menus.js';
import './unsent.js';
import './code-keys.js';
import './print.js';
import './search-key.js';
import './tags.js';
