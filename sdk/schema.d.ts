/** Generated from openapi.json by `npm run generate -w sdk`; not written by hand. */
export interface paths {
    "/api/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a one-time token, or with e-mail and password; the session comes as a cookie */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                    } | {
                        email: string;
                        password: string;
                        /** Format: uuid */
                        workspace_id?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            workspace_id: string;
                            /** Format: uuid */
                            user_id: string;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this session */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who you are and where */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set your password; you are signed out everywhere else
         * @description The present password goes with it where there is one, unless you came by a one-time link in the last 15 minutes.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        password: string;
                        current_password?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time link that signs you in, in a browser */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignInLink"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace you act in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Workspace"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make a workspace */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        country?: string;
                        time_zone?: string;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeWorkspace"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspaces that you are let into */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Workspace"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Go to another of your workspaces: a session there takes the place of this one */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        workspace: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            workspace_id: string;
                            /** Format: uuid */
                            user_id: string;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One workspace */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Workspace"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * End the demo, from another workspace
         * @description Its campaigns are paused, its keys revoked, and nobody is let into it any more.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change its settings */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        country?: string;
                        time_zone?: string;
                        /** @enum {string} */
                        visibility?: "all" | "own";
                        concurrent_calls?: number;
                        /** @description Calls that may begin in a second, over all trunks */
                        calls_per_second?: number | null;
                        /** @description What the calls of a day may cost by their trunks' prices; each call under way keeps back ten minutes */
                        daily_spend_limit?: number | null;
                        hours?: number[][][] | null;
                        /** @description Days, where the person called is, on which nobody is called */
                        closed_dates?: string[];
                        number_rules?: {
                            drop_prefixes: string[];
                        };
                        consent_declaration?: {
                            basis: string;
                            text: string;
                        };
                        break_reasons?: {
                            reason: string;
                            minutes_a_day: number | null;
                        }[] | null;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Workspace"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of the workspace */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["User"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Invite somebody */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        name: string;
                        /**
                         * @default agent
                         * @enum {string}
                         */
                        role?: "viewer" | "agent" | "supervisor" | "admin" | "owner";
                        concurrent_calls?: number;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Invitation"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Renew an invitation that was not used */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Invitation"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One member */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Take a member out
         * @description They are suspended: what they own keeps its owner, and they are let in no more.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change role or limit, suspend or let in again */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        role?: "viewer" | "agent" | "supervisor" | "admin" | "owner";
                        concurrent_calls?: number;
                        suspended?: boolean;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["User"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace's keys, without their secrets */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["ApiKey"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make a key; its token is shown once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        scopes: ("read" | "write" | "admin")[];
                        /** Format: uuid */
                        user_id?: string;
                        /**
                         * @description The older client that uses it, where two share an address; its name is part of the token
                         * @enum {string}
                         */
                        dialect?: "telecard" | "voipstudio";
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeApiKey"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One key */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiKey"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Revoke a key at once */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiKey"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts at carriers */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Trunk"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add a trunk */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        provider: string;
                        /** @default false */
                        is_default?: boolean;
                        /** @description 20 where it is not said; fewer where the provider can not have so many */
                        channels?: number;
                        /** @default null */
                        calls_per_second?: number | null;
                        /** @default {} */
                        settings?: {
                            [key: string]: unknown;
                        };
                        /**
                         * @description Billed per started minute of talk; goes with `currency`
                         * @default null
                         */
                        price_per_minute?: number | null;
                        /** @default null */
                        currency?: string | null;
                        /**
                         * @description Which numbers campaigns that choose may call over it: `+4930`, `DE`, `+` for all; empty: none
                         * @default []
                         */
                        serves?: string[];
                        /**
                         * @description Its share among equals; 0: a reserve
                         * @default 1
                         */
                        weight?: number;
                        /**
                         * @description In the account's currency: at so little campaigns name it in their diagnosis
                         * @default null
                         */
                        low_balance?: number | null;
                        /**
                         * @description Its carrier deletes its own copy of a recording once it is kept here
                         * @default false
                         */
                        forgets_recordings?: boolean;
                        secret?: string;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trunk"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trunk-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The providers that a trunk may name, and what it says of its account there */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["TrunkProvider"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trunks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One trunk */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trunk"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a trunk */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        /** @enum {boolean} */
                        is_default?: true;
                        active?: boolean;
                        channels?: number;
                        calls_per_second?: number | null;
                        settings?: {
                            [key: string]: unknown;
                        };
                        /** @description Billed per started minute of talk; goes with `currency` */
                        price_per_minute?: number | null;
                        currency?: string | null;
                        /** @description Which numbers campaigns that choose may call over it: `+4930`, `DE`, `+` for all; empty: none */
                        serves?: string[];
                        /** @description Its share among equals; 0: a reserve */
                        weight?: number;
                        /** @description In the account's currency: at so little campaigns name it in their diagnosis */
                        low_balance?: number | null;
                        /** @description Its carrier deletes its own copy of a recording once it is kept here */
                        forgets_recordings?: boolean;
                        secret?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trunk"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/trunks/{id}/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be done with calls over it: its carrier may not be able to do all */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PossibleActs"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trunks/{id}/answer-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How often calls that show a trunk's numbers are answered, and whether that has fallen */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnswerRates"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trunks/{id}/caller-ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register a caller id */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        number: string;
                        /** @default null */
                        name?: string | null;
                        /**
                         * @description Shown in so many calls in any hour at most
                         * @default null
                         */
                        calls_per_hour?: number | null;
                        /**
                         * @description Shown to nobody until then
                         * @default null
                         */
                        rests_until?: string | null;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trunk"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trunks/{id}/caller-ids/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a caller id off */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    number: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trunk"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls at once: limit, in use, free
         * @description Workspace and user limits count agentless calls; a null limit means that there is none.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Limits"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List agents */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "updated_at" | "-updated_at" | "name" | "-name" | "number" | "-number";
                    kind?: string;
                    active?: "true" | "false";
                    team_id?: string;
                    skill?: string;
                    /** @description Who signs in as this agent */
                    user_id?: string;
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Agent"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add somebody who talks, a person or an AI */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        code?: string | null;
                        /** @enum {string} */
                        kind?: "human" | "ai";
                        user_id?: string | null;
                        /** @enum {string} */
                        reached_at?: "browser" | "extension" | "outside";
                        extension?: string | null;
                        phone_number?: string | null;
                        email?: string | null;
                        department?: string | null;
                        supervisor_user_id?: string | null;
                        time_zone?: string | null;
                        language?: string | null;
                        skills?: string[];
                        max_concurrent_calls?: number;
                        active?: boolean;
                        settings?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Agent"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did most in a day, week or month */
        get: {
            parameters: {
                query?: {
                    period?: "day" | "week" | "month";
                    date?: string;
                    team_id?: string;
                    by?: "sales" | "calls" | "talk" | "conversion";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Leaderboard"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One agent, with their state now */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Agent"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Take an agent out
         * @description Their calls stay. An agent with active campaigns is refused with 409, which names them; with force=true these are paused first.
         */
        delete: {
            parameters: {
                query?: {
                    force?: "true" | "false";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change an agent */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        code?: string | null;
                        /** @enum {string} */
                        kind?: "human" | "ai";
                        user_id?: string | null;
                        /** @enum {string} */
                        reached_at?: "browser" | "extension" | "outside";
                        extension?: string | null;
                        phone_number?: string | null;
                        email?: string | null;
                        department?: string | null;
                        supervisor_user_id?: string | null;
                        time_zone?: string | null;
                        language?: string | null;
                        skills?: string[];
                        max_concurrent_calls?: number;
                        active?: boolean;
                        settings?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Agent"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List teams */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "name" | "-name";
                    agent_id?: string;
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Team"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make a team */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        agent_ids?: string[];
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Team"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One team */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Team"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Dissolve a team
         * @description Its agents stay. A team of active campaigns is refused with 409, which names them.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Rename a team */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Team"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/teams/{id}/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say anew who is in it */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        agent_ids: string[];
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Team"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Take an agent in */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        agent_id: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Team"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}/agents/{agent_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an agent out of it */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    agent_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Team"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List campaigns */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "updated_at" | "-updated_at" | "name" | "-name" | "number" | "-number";
                    status?: string;
                    mode?: string;
                    owner_user_id?: string;
                    code?: string;
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Campaign"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make a draft */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        code?: string | null;
                        description?: string;
                        segment?: string | null;
                        /** @description The name it calls under; blocks may be of one brand */
                        brand?: string | null;
                        /** @enum {string} */
                        mode?: "manual" | "preview" | "power" | "progressive" | "predictive" | "ai" | "broadcast";
                        /**
                         * @description What the calls are for: marketing by AI or recorded voices needs the stronger consent
                         * @enum {string}
                         */
                        purpose?: "marketing" | "information";
                        trunk_id?: string | null;
                        /**
                         * @description `least_cost`: each call goes over the cheapest of the trunks that serve its number; of ai and broadcast mode
                         * @enum {string}
                         */
                        trunk_choice?: "fixed" | "least_cost";
                        caller_id?: string | null;
                        /**
                         * @description `local`: of the numbers registered on the trunk the one nearest to whoever is called
                         * @enum {string}
                         */
                        caller_id_choice?: "fixed" | "local";
                        script?: string;
                        next_action?: string;
                        max_attempts?: number;
                        retry_interval_seconds?: number | null;
                        retry_rules?: {
                            human?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            machine?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            answered?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            fax?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            screened?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            abandoned?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            busy?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            no_answer?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            rejected?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            invalid_number?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            congestion?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            failed?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            canceled?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            unknown?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                        };
                        /** @description What follows from a disposition that retries, by its key; goes before the outcome's retry rule */
                        disposition_rules?: {
                            [key: string]: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                        };
                        window_start?: string | null;
                        window_end?: string | null;
                        weekdays?: number[];
                        time_zone?: string;
                        /** @enum {string} */
                        hours_zone?: "campaign" | "person";
                        start_date?: string | null;
                        end_date?: string | null;
                        /** @description Days of its zone on which it calls nobody */
                        closed_dates?: string[];
                        duration_days?: number | null;
                        daily_limit?: number | null;
                        max_concurrent_calls?: number | null;
                        weight?: number;
                        /**
                         * @description Who goes first of the leads that are due; callbacks, priority and named people keep their places before it
                         * @enum {string}
                         */
                        lead_order?: "due_first" | "newest_first" | "fewest_attempts_first" | "random";
                        ring_timeout_seconds?: number;
                        wrap_up_seconds?: number;
                        /** @description Of power and predictive dialing: how many of 30 days' live answers may be abandoned, in % */
                        abandon_cap_percent?: number;
                        /** @description Of power dialing: calls at once per idle agent */
                        power_ratio?: number;
                        /** @description What the agent reads out; without one, the text in `script` */
                        script_id?: string | null;
                        /** @description Each of which an agent must have */
                        skills?: string[];
                        /** @description Of preview: how long a lead is shown */
                        preview_seconds?: number;
                        /**
                         * @description Of preview: what happens when that is over
                         * @enum {string}
                         */
                        preview_ends?: "skip" | "dial";
                        /** @description A carrier that can is asked who answered, before an agent hears it. Unless it is said: in ai and broadcast mode */
                        detects_machines?: boolean;
                        /**
                         * @description `leave_message`: the voicemail drop, once the machine has greeted; then the call ends
                         * @enum {string}
                         */
                        on_machine?: "hang_up" | "connect" | "leave_message";
                        /** @description Where somebody screens calls, or a fax answers; what is missing follows `on_machine`, without a message */
                        on_detection?: {
                            /** @enum {string} */
                            screened?: "hang_up" | "connect" | "leave_message";
                            /** @enum {string} */
                            fax?: "hang_up" | "connect";
                        };
                        /** @description The message that is left on machines */
                        voicemail_drop_id?: string | null;
                        /** @description Of the machines so many are connected to agents all the same, who say whether they are */
                        machine_sample_percent?: number;
                        /**
                         * @description From when a person waits for an agent; after 2 s without one the call is abandoned
                         * @enum {string}
                         */
                        waits_from?: "answer" | "detection";
                        /** @description What an abandoned person hears */
                        abandon_message?: string;
                        /** @description Said first on calls whose carrier asks what to say; empty for nothing */
                        consent_line?: string;
                        /** @enum {string} */
                        completes?: "when_done" | "at_end" | "by_hand";
                        metadata?: {
                            [key: string]: unknown;
                        };
                        agent_ids?: string[];
                        team_ids?: string[];
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/clone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a draft with its settings and agents
         * @description Without its people, its code and its first and last day.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                    } | null;
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One campaign */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Archive it and show it no more; calls and people stay */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change its settings */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        code?: string | null;
                        description?: string;
                        segment?: string | null;
                        /** @description The name it calls under; blocks may be of one brand */
                        brand?: string | null;
                        /** @enum {string} */
                        mode?: "manual" | "preview" | "power" | "progressive" | "predictive" | "ai" | "broadcast";
                        /**
                         * @description What the calls are for: marketing by AI or recorded voices needs the stronger consent
                         * @enum {string}
                         */
                        purpose?: "marketing" | "information";
                        trunk_id?: string | null;
                        /**
                         * @description `least_cost`: each call goes over the cheapest of the trunks that serve its number; of ai and broadcast mode
                         * @enum {string}
                         */
                        trunk_choice?: "fixed" | "least_cost";
                        caller_id?: string | null;
                        /**
                         * @description `local`: of the numbers registered on the trunk the one nearest to whoever is called
                         * @enum {string}
                         */
                        caller_id_choice?: "fixed" | "local";
                        script?: string;
                        next_action?: string;
                        max_attempts?: number;
                        retry_interval_seconds?: number | null;
                        retry_rules?: {
                            human?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            machine?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            answered?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            fax?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            screened?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            abandoned?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            busy?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            no_answer?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            rejected?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            invalid_number?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            congestion?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            failed?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            canceled?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                            unknown?: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                        };
                        /** @description What follows from a disposition that retries, by its key; goes before the outcome's retry rule */
                        disposition_rules?: {
                            [key: string]: {
                                delay_seconds?: number;
                                max_attempts?: number;
                                /** @description The next try goes to the contact's next number */
                                next_phone?: boolean;
                                /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                next_daypart?: boolean;
                            };
                        };
                        window_start?: string | null;
                        window_end?: string | null;
                        weekdays?: number[];
                        time_zone?: string;
                        /** @enum {string} */
                        hours_zone?: "campaign" | "person";
                        start_date?: string | null;
                        end_date?: string | null;
                        /** @description Days of its zone on which it calls nobody */
                        closed_dates?: string[];
                        duration_days?: number | null;
                        daily_limit?: number | null;
                        max_concurrent_calls?: number | null;
                        weight?: number;
                        /**
                         * @description Who goes first of the leads that are due; callbacks, priority and named people keep their places before it
                         * @enum {string}
                         */
                        lead_order?: "due_first" | "newest_first" | "fewest_attempts_first" | "random";
                        ring_timeout_seconds?: number;
                        wrap_up_seconds?: number;
                        /** @description Of power and predictive dialing: how many of 30 days' live answers may be abandoned, in % */
                        abandon_cap_percent?: number;
                        /** @description Of power dialing: calls at once per idle agent */
                        power_ratio?: number;
                        /** @description What the agent reads out; without one, the text in `script` */
                        script_id?: string | null;
                        /** @description Each of which an agent must have */
                        skills?: string[];
                        /** @description Of preview: how long a lead is shown */
                        preview_seconds?: number;
                        /**
                         * @description Of preview: what happens when that is over
                         * @enum {string}
                         */
                        preview_ends?: "skip" | "dial";
                        /** @description A carrier that can is asked who answered, before an agent hears it. Unless it is said: in ai and broadcast mode */
                        detects_machines?: boolean;
                        /**
                         * @description `leave_message`: the voicemail drop, once the machine has greeted; then the call ends
                         * @enum {string}
                         */
                        on_machine?: "hang_up" | "connect" | "leave_message";
                        /** @description Where somebody screens calls, or a fax answers; what is missing follows `on_machine`, without a message */
                        on_detection?: {
                            /** @enum {string} */
                            screened?: "hang_up" | "connect" | "leave_message";
                            /** @enum {string} */
                            fax?: "hang_up" | "connect";
                        };
                        /** @description The message that is left on machines */
                        voicemail_drop_id?: string | null;
                        /** @description Of the machines so many are connected to agents all the same, who say whether they are */
                        machine_sample_percent?: number;
                        /**
                         * @description From when a person waits for an agent; after 2 s without one the call is abandoned
                         * @enum {string}
                         */
                        waits_from?: "answer" | "detection";
                        /** @description What an abandoned person hears */
                        abandon_message?: string;
                        /** @description Said first on calls whose carrier asks what to say; empty for nothing */
                        consent_line?: string;
                        /** @enum {string} */
                        completes?: "when_done" | "at_end" | "by_hand";
                        metadata?: {
                            [key: string]: unknown;
                        };
                        agent_ids?: string[];
                        team_ids?: string[];
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/campaigns/{id}/detection-errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How often its detection of machines errs, as agents say by what they dispose calls as */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DetectionErrors"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/live-answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who answered, who was put through, who was abandoned: by day of its zone, the last 30 unless asked */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LiveAnswers"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom it would call, when, and when it would be through; calls nobody and changes nothing */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignDryRun"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How busy its agents would be, how many answers be abandoned and how long it takes, as it is and what if */
        get: {
            parameters: {
                query?: {
                    agents?: number;
                    abandon_cap_percent?: number;
                    /** @description Of a working day */
                    hours?: number;
                    /** @description Still to be called */
                    leads?: number;
                    mode?: "progressive" | "power" | "predictive";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignForecast"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where it stands: a recount */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignProgress"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/minutes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its calls of the last 60 minutes, by the minute in which they began
         * @description What each figure counts is what it counts in GET /reports/calls: the figures of days that lie within these minutes are their sums.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignMinutes"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to call, or wait for its start date */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                        /** @description Pass over those whom the law lets no AI or recorded voice call, instead of a refusal */
                        skip_without_consent?: boolean;
                        /** @description This run makes so many calls at most; then the campaign pauses */
                        limit?: number;
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on after a pause or an end */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                        /** @description Pass over those whom the law lets no AI or recorded voice call, instead of a refusal */
                        skip_without_consent?: boolean;
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause: after the answer no new call leaves */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End it as completed */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End it for good */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put it away */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stop-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Emergency stop: pause every campaign that calls */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            paused: number;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List leads */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "updated_at" | "-updated_at" | "due_at" | "-due_at" | "priority" | "-priority" | "number" | "-number";
                    status?: string;
                    held_by?: string;
                    phone?: string;
                    campaign_id?: string;
                    contact_id?: string;
                    import_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Lead"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign's leads */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "updated_at" | "-updated_at" | "due_at" | "-due_at" | "priority" | "-priority" | "number" | "-number";
                    status?: string;
                    held_by?: string;
                    phone?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Lead"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add people to it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        leads: {
                            full_name?: string;
                            first_name?: string;
                            last_name?: string;
                            company?: string;
                            email?: string;
                            city?: string;
                            time_zone?: string | null;
                            country?: string | null;
                            region?: string | null;
                            postcode?: string | null;
                            custom?: {
                                [key: string]: unknown;
                            };
                            /** Format: uuid */
                            contact_id?: string;
                            phone?: string;
                            priority?: number;
                            max_attempts?: number;
                            consent_basis?: string;
                            /** Format: date-time */
                            follow_up_date?: string;
                            customer_segment?: string;
                            /** Format: date-time */
                            last_order_date?: string;
                            metadata?: {
                                [key: string]: unknown;
                            };
                        }[];
                        /** @description Take those that can be taken, and name the others under `refused` */
                        skip_invalid?: boolean;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AddedLeads"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/recycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call people again whose leads are done, by what their last call came to
         * @description Whom a rule keeps from ever being called stays as it is; the answer counts them by the rule.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        dispositions?: string[];
                        outcomes?: ("human" | "machine" | "answered" | "fax" | "screened" | "abandoned" | "busy" | "no_answer" | "rejected" | "invalid_number" | "congestion" | "failed" | "canceled" | "unknown")[];
                        older_than_hours?: number;
                        /**
                         * @description Their tries are counted from 0 again
                         * @default false
                         */
                        reset_attempts?: boolean;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Recycled"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One lead */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Lead"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a lead by hand */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status?: "pending" | "called" | "skipped";
                        priority?: number;
                        max_attempts?: number | null;
                        consent_basis?: string | null;
                        customer_segment?: string | null;
                        follow_up_date?: string | null;
                        metadata?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Lead"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/leads/{id}/mark-called": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that they were called by other means
         * @description Counts as a try, and the lead is done. A call it has at this moment goes on.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Lead"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** May they be called now, when, or never, and why */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Verdict"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign's lists: each import, and the leads added by hand */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Lists"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/lists/{list_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Give a list its weight
         * @description Until a campaign has a weight, its leads go in one order, whichever list they are in. From then on its lists take turns by their weights; each of the others has 1.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    list_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Its part of the dials beside the other lists; 0: it rests */
                        weight: number;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["List"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List contacts */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "updated_at" | "-updated_at" | "name" | "-name";
                    phone?: string;
                    import_id?: string;
                    country?: string;
                    /** @description Those who stand in it */
                    campaign_id?: string;
                    /** @description Part of the name, company, e-mail address or number */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Contact"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add a person */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        full_name?: string;
                        first_name?: string;
                        last_name?: string;
                        company?: string;
                        email?: string;
                        city?: string;
                        time_zone?: string | null;
                        country?: string | null;
                        region?: string | null;
                        postcode?: string | null;
                        custom?: {
                            [key: string]: unknown;
                        };
                        phones: string[];
                        language?: string | null;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many they are */
        get: {
            parameters: {
                query?: {
                    phone?: string;
                    import_id?: string;
                    country?: string;
                    /** @description Those who stand in it */
                    campaign_id?: string;
                    /** @description Part of the name, company, e-mail address or number */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ContactCount"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/bulk-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a campaign of these people
         * @description A draft with all of them as its leads, or nothing; start it like any other.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        campaign: {
                            name: string;
                            code?: string | null;
                            description?: string;
                            segment?: string | null;
                            /** @description The name it calls under; blocks may be of one brand */
                            brand?: string | null;
                            /** @enum {string} */
                            mode?: "manual" | "preview" | "power" | "progressive" | "predictive" | "ai" | "broadcast";
                            /**
                             * @description What the calls are for: marketing by AI or recorded voices needs the stronger consent
                             * @enum {string}
                             */
                            purpose?: "marketing" | "information";
                            trunk_id?: string | null;
                            /**
                             * @description `least_cost`: each call goes over the cheapest of the trunks that serve its number; of ai and broadcast mode
                             * @enum {string}
                             */
                            trunk_choice?: "fixed" | "least_cost";
                            caller_id?: string | null;
                            /**
                             * @description `local`: of the numbers registered on the trunk the one nearest to whoever is called
                             * @enum {string}
                             */
                            caller_id_choice?: "fixed" | "local";
                            script?: string;
                            next_action?: string;
                            max_attempts?: number;
                            retry_interval_seconds?: number | null;
                            retry_rules?: {
                                human?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                machine?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                answered?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                fax?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                screened?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                abandoned?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                busy?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                no_answer?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                rejected?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                invalid_number?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                congestion?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                failed?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                canceled?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                                unknown?: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                            };
                            /** @description What follows from a disposition that retries, by its key; goes before the outcome's retry rule */
                            disposition_rules?: {
                                [key: string]: {
                                    delay_seconds?: number;
                                    max_attempts?: number;
                                    /** @description The next try goes to the contact's next number */
                                    next_phone?: boolean;
                                    /** @description The next try is in another part of the person's day: before 12:00, before 17:00, or later */
                                    next_daypart?: boolean;
                                };
                            };
                            window_start?: string | null;
                            window_end?: string | null;
                            weekdays?: number[];
                            time_zone?: string;
                            /** @enum {string} */
                            hours_zone?: "campaign" | "person";
                            start_date?: string | null;
                            end_date?: string | null;
                            /** @description Days of its zone on which it calls nobody */
                            closed_dates?: string[];
                            duration_days?: number | null;
                            daily_limit?: number | null;
                            max_concurrent_calls?: number | null;
                            weight?: number;
                            /**
                             * @description Who goes first of the leads that are due; callbacks, priority and named people keep their places before it
                             * @enum {string}
                             */
                            lead_order?: "due_first" | "newest_first" | "fewest_attempts_first" | "random";
                            ring_timeout_seconds?: number;
                            wrap_up_seconds?: number;
                            /** @description Of power and predictive dialing: how many of 30 days' live answers may be abandoned, in % */
                            abandon_cap_percent?: number;
                            /** @description Of power dialing: calls at once per idle agent */
                            power_ratio?: number;
                            /** @description What the agent reads out; without one, the text in `script` */
                            script_id?: string | null;
                            /** @description Each of which an agent must have */
                            skills?: string[];
                            /** @description Of preview: how long a lead is shown */
                            preview_seconds?: number;
                            /**
                             * @description Of preview: what happens when that is over
                             * @enum {string}
                             */
                            preview_ends?: "skip" | "dial";
                            /** @description A carrier that can is asked who answered, before an agent hears it. Unless it is said: in ai and broadcast mode */
                            detects_machines?: boolean;
                            /**
                             * @description `leave_message`: the voicemail drop, once the machine has greeted; then the call ends
                             * @enum {string}
                             */
                            on_machine?: "hang_up" | "connect" | "leave_message";
                            /** @description Where somebody screens calls, or a fax answers; what is missing follows `on_machine`, without a message */
                            on_detection?: {
                                /** @enum {string} */
                                screened?: "hang_up" | "connect" | "leave_message";
                                /** @enum {string} */
                                fax?: "hang_up" | "connect";
                            };
                            /** @description The message that is left on machines */
                            voicemail_drop_id?: string | null;
                            /** @description Of the machines so many are connected to agents all the same, who say whether they are */
                            machine_sample_percent?: number;
                            /**
                             * @description From when a person waits for an agent; after 2 s without one the call is abandoned
                             * @enum {string}
                             */
                            waits_from?: "answer" | "detection";
                            /** @description What an abandoned person hears */
                            abandon_message?: string;
                            /** @description Said first on calls whose carrier asks what to say; empty for nothing */
                            consent_line?: string;
                            /** @enum {string} */
                            completes?: "when_done" | "at_end" | "by_hand";
                            metadata?: {
                                [key: string]: unknown;
                            };
                            agent_ids?: string[];
                            team_ids?: string[];
                        };
                        /** @description These people */
                        contact_ids?: string[];
                        /** @description Or all who fit, as the list has them; `{}` for everybody */
                        matching?: {
                            phone?: string;
                            /** Format: uuid */
                            import_id?: string;
                            country?: string;
                            /**
                             * Format: uuid
                             * @description Those who stand in it
                             */
                            campaign_id?: string;
                            /** @description Part of the name, company, e-mail address or number */
                            search?: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkCall"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Take a person out
         * @description Their leads are skipped and their numbers freed; their calls stay, as evidence.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a person */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        full_name?: string;
                        first_name?: string;
                        last_name?: string;
                        company?: string;
                        email?: string;
                        city?: string;
                        time_zone?: string | null;
                        country?: string | null;
                        region?: string | null;
                        postcode?: string | null;
                        custom?: {
                            [key: string]: unknown;
                        };
                        phones?: string[];
                        language?: string | null;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/contacts/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forget a person
         * @description Takes out of every table what says who they are, and blocks their numbers by a keyed hash. Calls and tries stay, without the person. Asked again, it answers the same certificate. The reason is kept: it names nobody.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Erasure"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contactability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** May this number be called now, when, or never, and by which rule */
        get: {
            parameters: {
                query: {
                    number: string;
                    /** @description Whose hours, list and budget hold besides the law */
                    campaign?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contactability"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Public holidays of a country, or of a state of it
         * @description For `closed_dates` of a campaign or workspace. From date-holidays (data under CC-BY-3.0).
         */
        get: {
            parameters: {
                query: {
                    country: string;
                    region?: string;
                    year: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Holidays"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Imports, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    campaign_id?: string;
                    status?: "pending" | "processing" | "completed" | "partial" | "failed" | "cancelled" | "undone";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Import"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Import a file of people
         * @description Send a form with the part `file` and whatever options you like, in any order; or the file as the body, as text/csv, with the options in the address.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The campaign they become leads of; without it they become contacts only */
                    campaign_id?: string;
                    /** @description Shown instead of the file's own */
                    file_name?: string;
                    /** @description The words in which consent was given */
                    consent_text?: string;
                    /** @description All options at once, instead of one by one */
                    options?: string;
                    /** @description Column to what it is. A column goes by its header, or by its place in the file counted from 1 */
                    mapping?: string;
                    delimiter?: "," | ";" | "\t" | "|";
                    /** @description Such as utf-8 or windows-1252 */
                    encoding?: string;
                    /** @description Whether the first row names the columns */
                    header?: boolean;
                    /** @description The country (ISO code) of numbers that name none; the workspace's unless set */
                    country?: string;
                    /** @description Added to the workspace's rules */
                    number_rules?: string;
                    /** @description Replaces what contacts say already; otherwise only blanks are filled */
                    overwrite?: boolean;
                    /** @description On what ground these people may be called; a consent column goes before it, row by row */
                    consent_basis?: string;
                    /** @description Reads a column `attempts` as the lead's budget; `default` where it is blank or no number */
                    attempts?: string;
                    /** @description How 03/04/2026 is meant; by the country unless set */
                    date_order?: "day_first" | "month_first";
                };
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /** Format: binary */
                        file: string;
                        /**
                         * Format: uuid
                         * @description The campaign they become leads of; without it they become contacts only
                         */
                        campaign_id?: string;
                        /** @description Shown instead of the file's own */
                        file_name?: string;
                        /** @description The words in which consent was given */
                        consent_text?: string;
                        /** @description All options at once, instead of one by one */
                        options?: {
                            /** @description Column to what it is. A column goes by its header, or by its place in the file counted from 1 */
                            mapping?: {
                                [key: string]: "phone" | "full_name" | "first_name" | "last_name" | "company" | "email" | "city" | "time_zone" | "country" | "region" | "postcode" | "language" | "priority" | "attempts" | "max_attempts" | "consent_basis" | "follow_up_date" | "last_order_date" | "customer_segment" | "custom" | "ignore";
                            };
                            /** @enum {string} */
                            delimiter?: "," | ";" | "\t" | "|";
                            /** @description Such as utf-8 or windows-1252 */
                            encoding?: string;
                            /** @description Whether the first row names the columns */
                            header?: boolean;
                            /** @description The country (ISO code) of numbers that name none; the workspace's unless set */
                            country?: string;
                            /** @description Added to the workspace's rules */
                            number_rules?: {
                                drop_prefixes?: string[];
                                allow_international_digits?: boolean;
                            };
                            /** @description Replaces what contacts say already; otherwise only blanks are filled */
                            overwrite?: boolean;
                            /** @description On what ground these people may be called; a consent column goes before it, row by row */
                            consent_basis?: string;
                            /** @description Reads a column `attempts` as the lead's budget; `default` where it is blank or no number */
                            attempts?: {
                                default: number;
                            };
                            /**
                             * @description How 03/04/2026 is meant; by the country unless set
                             * @enum {string}
                             */
                            date_order?: "day_first" | "month_first";
                        };
                        /** @description Column to what it is. A column goes by its header, or by its place in the file counted from 1 */
                        mapping?: {
                            [key: string]: "phone" | "full_name" | "first_name" | "last_name" | "company" | "email" | "city" | "time_zone" | "country" | "region" | "postcode" | "language" | "priority" | "attempts" | "max_attempts" | "consent_basis" | "follow_up_date" | "last_order_date" | "customer_segment" | "custom" | "ignore";
                        };
                        /** @enum {string} */
                        delimiter?: "," | ";" | "\t" | "|";
                        /** @description Such as utf-8 or windows-1252 */
                        encoding?: string;
                        /** @description Whether the first row names the columns */
                        header?: boolean;
                        /** @description The country (ISO code) of numbers that name none; the workspace's unless set */
                        country?: string;
                        /** @description Added to the workspace's rules */
                        number_rules?: {
                            drop_prefixes?: string[];
                            allow_international_digits?: boolean;
                        };
                        /** @description Replaces what contacts say already; otherwise only blanks are filled */
                        overwrite?: boolean;
                        /** @description On what ground these people may be called; a consent column goes before it, row by row */
                        consent_basis?: string;
                        /** @description Reads a column `attempts` as the lead's budget; `default` where it is blank or no number */
                        attempts?: {
                            default: number;
                        };
                        /**
                         * @description How 03/04/2026 is meant; by the country unless set
                         * @enum {string}
                         */
                        date_order?: "day_first" | "month_first";
                    };
                    "text/csv": string;
                };
            };
            responses: {
                /** @description Begun */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What importing a file would do
         * @description Send a form with the part `file` and whatever options you like, in any order; or the file as the body, as text/csv, with the options in the address.
         */
        post: {
            parameters: {
                query?: {
                    /** @description The campaign they become leads of; without it they become contacts only */
                    campaign_id?: string;
                    /** @description Shown instead of the file's own */
                    file_name?: string;
                    /** @description The words in which consent was given */
                    consent_text?: string;
                    /** @description All options at once, instead of one by one */
                    options?: string;
                    /** @description Column to what it is. A column goes by its header, or by its place in the file counted from 1 */
                    mapping?: string;
                    delimiter?: "," | ";" | "\t" | "|";
                    /** @description Such as utf-8 or windows-1252 */
                    encoding?: string;
                    /** @description Whether the first row names the columns */
                    header?: boolean;
                    /** @description The country (ISO code) of numbers that name none; the workspace's unless set */
                    country?: string;
                    /** @description Added to the workspace's rules */
                    number_rules?: string;
                    /** @description Replaces what contacts say already; otherwise only blanks are filled */
                    overwrite?: boolean;
                    /** @description On what ground these people may be called; a consent column goes before it, row by row */
                    consent_basis?: string;
                    /** @description Reads a column `attempts` as the lead's budget; `default` where it is blank or no number */
                    attempts?: string;
                    /** @description How 03/04/2026 is meant; by the country unless set */
                    date_order?: "day_first" | "month_first";
                };
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /** Format: binary */
                        file: string;
                        /**
                         * Format: uuid
                         * @description The campaign they become leads of; without it they become contacts only
                         */
                        campaign_id?: string;
                        /** @description Shown instead of the file's own */
                        file_name?: string;
                        /** @description The words in which consent was given */
                        consent_text?: string;
                        /** @description All options at once, instead of one by one */
                        options?: {
                            /** @description Column to what it is. A column goes by its header, or by its place in the file counted from 1 */
                            mapping?: {
                                [key: string]: "phone" | "full_name" | "first_name" | "last_name" | "company" | "email" | "city" | "time_zone" | "country" | "region" | "postcode" | "language" | "priority" | "attempts" | "max_attempts" | "consent_basis" | "follow_up_date" | "last_order_date" | "customer_segment" | "custom" | "ignore";
                            };
                            /** @enum {string} */
                            delimiter?: "," | ";" | "\t" | "|";
                            /** @description Such as utf-8 or windows-1252 */
                            encoding?: string;
                            /** @description Whether the first row names the columns */
                            header?: boolean;
                            /** @description The country (ISO code) of numbers that name none; the workspace's unless set */
                            country?: string;
                            /** @description Added to the workspace's rules */
                            number_rules?: {
                                drop_prefixes?: string[];
                                allow_international_digits?: boolean;
                            };
                            /** @description Replaces what contacts say already; otherwise only blanks are filled */
                            overwrite?: boolean;
                            /** @description On what ground these people may be called; a consent column goes before it, row by row */
                            consent_basis?: string;
                            /** @description Reads a column `attempts` as the lead's budget; `default` where it is blank or no number */
                            attempts?: {
                                default: number;
                            };
                            /**
                             * @description How 03/04/2026 is meant; by the country unless set
                             * @enum {string}
                             */
                            date_order?: "day_first" | "month_first";
                        };
                        /** @description Column to what it is. A column goes by its header, or by its place in the file counted from 1 */
                        mapping?: {
                            [key: string]: "phone" | "full_name" | "first_name" | "last_name" | "company" | "email" | "city" | "time_zone" | "country" | "region" | "postcode" | "language" | "priority" | "attempts" | "max_attempts" | "consent_basis" | "follow_up_date" | "last_order_date" | "customer_segment" | "custom" | "ignore";
                        };
                        /** @enum {string} */
                        delimiter?: "," | ";" | "\t" | "|";
                        /** @description Such as utf-8 or windows-1252 */
                        encoding?: string;
                        /** @description Whether the first row names the columns */
                        header?: boolean;
                        /** @description The country (ISO code) of numbers that name none; the workspace's unless set */
                        country?: string;
                        /** @description Added to the workspace's rules */
                        number_rules?: {
                            drop_prefixes?: string[];
                            allow_international_digits?: boolean;
                        };
                        /** @description Replaces what contacts say already; otherwise only blanks are filled */
                        overwrite?: boolean;
                        /** @description On what ground these people may be called; a consent column goes before it, row by row */
                        consent_basis?: string;
                        /** @description Reads a column `attempts` as the lead's budget; `default` where it is blank or no number */
                        attempts?: {
                            default: number;
                        };
                        /**
                         * @description How 03/04/2026 is meant; by the country unless set
                         * @enum {string}
                         */
                        date_order?: "day_first" | "month_first";
                    };
                    "text/csv": string;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportPreview"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import and how far it is */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every row that became no lead, and why */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: number;
                    reason?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["ImportError"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/causes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why rows became no lead: each reason with its count and examples */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportCauses"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/refused.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The refused rows, to mend and import again
         * @description Their columns as they came, and behind them outdial_line, outdial_column and outdial_reason, which an import passes over. Rows of more than 64 KB are not kept and not among them.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A CSV file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it back while nobody was called */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportUndone"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop it; what is in stays */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take over calls that another system made
         * @description Each is taken once, by its source and external_id, and counts as a try of the lead whose number it went to. Whoever said then not to be called is blocked.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        source: string;
                        calls: {
                            /** @description The other system's id of the call; the same one is taken once */
                            external_id: string;
                            /** @description Of the person */
                            number: string;
                            caller_id?: string | null;
                            /**
                             * @default outbound
                             * @enum {string}
                             */
                            direction?: "outbound" | "inbound";
                            /** @enum {string} */
                            status: "initiated" | "ringing" | "answered" | "completed" | "failed" | "busy" | "no-answer" | "canceled";
                            campaign_id?: string | null;
                            agent_id?: string | null;
                            /** Format: date-time */
                            initiated_at: string;
                            answered_at?: string | null;
                            ended_at?: string | null;
                            duration_seconds?: number | null;
                            provider_call_id?: string | null;
                            external_lead_id?: string | null;
                            recording_url?: string | null;
                            metadata?: {
                                [key: string]: unknown;
                            };
                            disposition?: string | null;
                            note?: string;
                        }[];
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordedPastCalls"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring leads to where they were in another system
         * @description After their calls: tries of which no call is known are added, and what was final is. A lead called or settled here since keeps what it has.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        source: string;
                        leads: {
                            /** Format: uuid */
                            campaign_id: string;
                            number: string;
                            status?: ("completed" | "called" | "failed" | "skipped" | "do_not_call") | null;
                            /** @default 0 */
                            attempts?: number;
                            last_attempt_at?: string | null;
                        }[];
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SettledPastLeads"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tries to reach a number */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at";
                    campaign_id?: string;
                    lead_id?: string;
                    phone?: string;
                    state?: string;
                    outcome?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Attempt"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One try, with the verdict that let it out */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AttemptWithVerdict"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List calls */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "number" | "-number";
                    /** @description The first day */
                    since?: string;
                    /** @description The last day */
                    until?: string;
                    /** @description Whose days these are; the workspace's unless said */
                    zone?: string;
                    /** @description An id, `#` and a number, at least 3 last digits of a phone number, or how a name begins */
                    search?: string;
                    to_number?: string;
                    state?: string;
                    outcome?: string;
                    disposition?: string;
                    agent_id?: string;
                    trunk_id?: string;
                    /** @description Only what the reports count as this */
                    counted_as?: "answered" | "human" | "contact" | "success" | "abandoned";
                    /** @description Which call of its lead it is */
                    try?: number;
                    /** @description 1 is Monday, where the phone rang */
                    local_weekday?: number;
                    /** @description Where the phone rang */
                    local_hour?: number;
                    campaign_id?: string;
                    lead_id?: string;
                    contact_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Call"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Dial by hand, as your agent or for nobody: a lead, a contact, or a number from the keypad */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            /** @description Whom to call: one of lead_id, contact_id and number */
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        lead_id?: string;
                        /** Format: uuid */
                        contact_id?: string;
                        number?: string;
                        /**
                         * Format: uuid
                         * @description Whose hours and caller id hold; of a lead, its own
                         */
                        campaign_id?: string;
                        /**
                         * Format: uuid
                         * @description Over which trunk, instead of the usual one; not together with campaign_id or lead_id
                         */
                        trunk_id?: string;
                        /** @description Shown to the person instead of the campaign's */
                        caller_id?: string;
                        metadata?: {
                            [key: string]: unknown;
                        };
                        /** @description Whom you mean, in your own words */
                        external_lead_id?: string;
                        /** @description Nobody is put through; counts against the limits of calls without an agent */
                        without_agent?: boolean;
                    };
                };
            };
            responses: {
                /** @description Begun */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlacedCall"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same calls as a file, newest first; at most a million of them */
        get: {
            parameters: {
                query?: {
                    /** @description The first day */
                    since?: string;
                    /** @description The last day */
                    until?: string;
                    /** @description Whose days these are; the workspace's unless said */
                    zone?: string;
                    /** @description An id, `#` and a number, at least 3 last digits of a phone number, or how a name begins */
                    search?: string;
                    to_number?: string;
                    state?: string;
                    outcome?: string;
                    disposition?: string;
                    agent_id?: string;
                    trunk_id?: string;
                    /** @description Only what the reports count as this */
                    counted_as?: "answered" | "human" | "contact" | "success" | "abandoned";
                    /** @description Which call of its lead it is */
                    try?: number;
                    /** @description 1 is Monday, where the phone rang */
                    local_weekday?: number;
                    /** @description Where the phone rang */
                    local_hour?: number;
                    campaign_id?: string;
                    lead_id?: string;
                    contact_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A CSV file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign's calls */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "number" | "-number";
                    /** @description The first day */
                    since?: string;
                    /** @description The last day */
                    until?: string;
                    /** @description Whose days these are; the workspace's unless said */
                    zone?: string;
                    /** @description An id, `#` and a number, at least 3 last digits of a phone number, or how a name begins */
                    search?: string;
                    to_number?: string;
                    state?: string;
                    outcome?: string;
                    disposition?: string;
                    agent_id?: string;
                    trunk_id?: string;
                    /** @description Only what the reports count as this */
                    counted_as?: "answered" | "human" | "contact" | "success" | "abandoned";
                    /** @description Which call of its lead it is */
                    try?: number;
                    /** @description 1 is Monday, where the phone rang */
                    local_weekday?: number;
                    /** @description Where the phone rang */
                    local_hour?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Call"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Call"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Keep values of your own with it
         * @description For whose call it is, whoever talked on it or dialed it, and supervisors.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description In place of what was there */
                        metadata: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Call"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/calls/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that happened to it, as the carrier told it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["CallEvent"][];
                            next_cursor: null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that was done with it, by whom, oldest first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["CallAct"][];
                            next_cursor: null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Do something with a call that is talked on
         * @description For the agent in whose hands it is, and for supervisors. A supervisor who joins (listen, whisper, barge, take_over) is rung first where no line is up: then the answer is 202.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        act: "hold" | "resume" | "mute" | "unmute" | "park" | "unpark" | "three_way" | "complete_transfer" | "cancel_consult" | "record_start" | "record_pause" | "record_resume" | "record_stop" | "hang_up";
                    } | {
                        /** @enum {string} */
                        act: "dtmf";
                        digits: string;
                    } | {
                        /** @enum {string} */
                        act: "transfer" | "consult";
                        to: string;
                    } | {
                        /** @enum {string} */
                        act: "voicemail_drop";
                        /** Format: uuid */
                        voicemail_drop_id: string;
                    } | {
                        /** @enum {string} */
                        act: "leave";
                    } | {
                        /** @enum {string} */
                        act: "listen" | "whisper" | "barge" | "take_over";
                        extension?: string;
                        number?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CallAct"] | components["schemas"]["CallJoin"];
                    };
                };
                /** @description Begun */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CallJoin"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of calls: totals, by day, hour, outcome, disposition, try and agent
         * @description The last 30 days unless other days are asked for. Each figure is the number of rows that GET /calls and /calls.csv have for the same days with one filter more: counted_as, outcome, disposition, agent_id, local_weekday and local_hour, or try.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The first day */
                    since?: string;
                    /** @description The last day */
                    until?: string;
                    /** @description Whose days these are; the workspace's unless said */
                    zone?: string;
                    campaign_id?: string;
                    agent_id?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CallReport"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List recordings of calls */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "recorded_at" | "-recorded_at";
                    call_id?: string;
                    campaign_id?: string;
                    state?: "waiting" | "kept" | "lost" | "leaving" | "gone";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Recording"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One recording */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Recording"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete the audio of a recording
         * @description That there was a recording stays known, and who had it deleted.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Listen to it, or to a part */
        get: {
            parameters: {
                query?: never;
                header?: {
                    range?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The audio */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/*": unknown;
                    };
                };
                /** @description The part that was asked for */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/*": unknown;
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/peaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its waveform */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecordingPeaks"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List promised calls; agents see their own and their campaigns' team's */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "promised_at" | "-promised_at" | "created_at" | "-created_at";
                    status?: string;
                    lead_id?: string;
                    campaign_id?: string;
                    agent_id?: string;
                    from?: string;
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Callback"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Promise a call at an instant, or at a time on the clock of the person */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        lead_id: string;
                        /** Format: date-time */
                        at?: string;
                        local_time?: string;
                        agent_id?: string | null;
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Callback"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/callbacks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One promised call */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Callback"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Give it another time, agent or note */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at?: string;
                        local_time?: string;
                        agent_id?: string | null;
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Callback"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/callbacks/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it back; the lead goes back to its campaign */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Callback"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispositions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What calls may have meant */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "position" | "-position" | "name" | "-name" | "created_at" | "-created_at";
                    retired?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Disposition"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Add one of the workspace's own */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        key?: string;
                        counts_as_contact?: boolean;
                        success?: boolean;
                        final?: boolean;
                        retries?: boolean;
                        blocks_number?: boolean;
                        required_fields?: string[];
                        position?: number;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Disposition"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispositions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One disposition */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Disposition"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Delete one that no call ever had */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Rename, change or retire one
         * @description A built-in one can be renamed, ordered and retired; what it means stays.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        retired?: boolean;
                        counts_as_contact?: boolean;
                        success?: boolean;
                        final?: boolean;
                        retries?: boolean;
                        blocks_number?: boolean;
                        required_fields?: string[];
                        position?: number;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Disposition"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/calls/{id}/disposition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a call meant, and what it was said to mean before */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CallDispositionWithChanges"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Say what a call meant, or correct it
         * @description By the call's agent or a supervisor. Whoever said it may correct it for 10 minutes, a supervisor always; a correction answers 200 and takes back what only the former disposition had done.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        disposition: string;
                        note?: string;
                        /** @description null: a callback without a time; it comes after the campaign's retry interval */
                        callback_at?: string | null;
                        /**
                         * Format: date
                         * @description Instead of a time: the first lawful minute of that day on the person's clock
                         */
                        callback_on?: string;
                        callback_agent?: ("me" | "team") | string;
                        fields?: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CallDisposition"];
                    };
                };
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CallDisposition"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notes about a call */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at";
                    type?: string;
                    important?: "true" | "false";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Note"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Write down something about a call */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        content: string;
                        /**
                         * @default general
                         * @enum {string}
                         */
                        type?: "general" | "transcript" | "follow_up" | "complaint";
                        /** @default false */
                        important?: boolean;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Note"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notes about a person, from all their calls */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at";
                    type?: string;
                    important?: "true" | "false";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Note"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/notes/{note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Mend a note of your own, within ten minutes or while its call is in your hands */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    note_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        content?: string;
                        /** @enum {string} */
                        type?: "general" | "transcript" | "follow_up" | "complaint";
                        important?: boolean;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Note"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/scripts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List scripts */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "name" | "-name" | "created_at" | "-created_at";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Script"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Write a script
         * @description Steps with branches between them. Their texts take merge fields such as {{ first_name }} and {{ company }}, those of the custom fields and metadata, and conditions: if, unless, case, assign.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        steps: {
                            key: string;
                            text: string;
                            /** @default [] */
                            branches?: {
                                label: string;
                                goes_to: string;
                            }[];
                        }[];
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Script"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scripts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One script */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Script"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Delete a script */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a script */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        steps?: {
                            key: string;
                            text: string;
                            /** @default [] */
                            branches?: {
                                label: string;
                                goes_to: string;
                            }[];
                        }[];
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Script"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/scripts/{id}/render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What is said to one person
         * @description A value that is not known stands as a visible gap, such as [first_name].
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        lead_id: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RenderedScript"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/voicemail-drops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List voicemail drops */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "name" | "-name" | "created_at" | "-created_at";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["VoicemailDrop"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a voicemail drop
         * @description A message for agents to leave on answering machines: upload its audio, or name a recording that the carrier has.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        /** @default null */
                        message?: string | null;
                        /** @default null */
                        duration_seconds?: number | null;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VoicemailDrop"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/voicemail-drops/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One voicemail drop */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VoicemailDrop"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Delete a voicemail drop */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a voicemail drop */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        message?: string;
                        duration_seconds?: number | null;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VoicemailDrop"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/voicemail-drops/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Listen to it, or to a part */
        get: {
            parameters: {
                query?: never;
                header?: {
                    range?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The audio */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/*": unknown;
                    };
                };
                /** @description The part that was asked for */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "audio/*": unknown;
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Upload the message
         * @description A WAV with one channel of 16-bit samples at 8000 Hz, as the body. It takes the place of the one before.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VoicemailDrop"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers not to call */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "number" | "-number";
                    number?: string;
                    campaign_id?: string;
                    brand?: string;
                    source?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Suppression"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Block a number; 200 when it was blocked already */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        number: string;
                        /** @default  */
                        reason?: string;
                        /**
                         * @default manual
                         * @enum {string}
                         */
                        source?: "manual" | "customer_request";
                        /**
                         * Format: uuid
                         * @description Only in this campaign; in all of the workspace without it
                         */
                        campaign_id?: string;
                        /** @description Only in campaigns that call under this name, whatever its case; not together with campaign_id */
                        brand?: string;
                        /** Format: date-time */
                        expires_at?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Suppression"];
                    };
                };
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Suppression"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions/look-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What blocks a number */
        get: {
            parameters: {
                query: {
                    number: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuppressionLookUp"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One suppression */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Suppression"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** The same, with the reason in the address */
        delete: {
            parameters: {
                query: {
                    reason: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Suppression"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it back, with the reason */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Suppression"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people agreed to */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "given_at" | "-given_at";
                    number?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["Consent"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Record what a person agreed to */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        number: string;
                        basis: string;
                        /**
                         * @description Read from the words of the basis unless it is said
                         * @enum {string}
                         */
                        strength?: "stated" | "express" | "written";
                        /**
                         * @description The words the person agreed to
                         * @default
                         */
                        text?: string;
                        /** @description Where it can be looked up: a form, a recording, a paper */
                        source: string;
                        /** Format: date-time */
                        given_at?: string;
                        /** Format: date-time */
                        expires_at?: string;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Consent"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consents/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person takes it back: no AI and no recorded voice calls the number any more */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        number: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WithdrawnConsents"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One consent */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Consent"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rule-packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules of countries and states, each with its source */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["RulePack"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rule-packs/custom": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace's own rules */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnRules"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Set the workspace's own rules; what loosens is for an owner */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        rules: {
                            /** @default [] */
                            hours?: {
                                id: string;
                                value: {
                                    [key: string]: string;
                                };
                                source: string;
                                /** @default false */
                                checked?: boolean;
                                note?: string;
                                country?: string;
                                state?: string;
                                /** @enum {string} */
                                voice?: "artificial";
                            }[];
                            /** @default [] */
                            closed_dates?: {
                                id: string;
                                value: {
                                    /** @enum {string} */
                                    holidays_of: "US-AL" | "US-LA" | "US-MS" | "US-PA" | "US-RI" | "US-UT";
                                } | string[];
                                source: string;
                                /** @default false */
                                checked?: boolean;
                                note?: string;
                                country?: string;
                                state?: string;
                                /** @enum {string} */
                                voice?: "artificial";
                            }[];
                            /** @default [] */
                            attempts?: {
                                id: string;
                                value: {
                                    calls: number;
                                    within_hours: number;
                                };
                                source: string;
                                /** @default false */
                                checked?: boolean;
                                note?: string;
                                country?: string;
                                state?: string;
                                /** @enum {string} */
                                voice?: "artificial";
                            }[];
                            /** @default [] */
                            destinations?: {
                                id: string;
                                value: {
                                    countries?: string[];
                                    prefixes?: string[];
                                    /** @default false */
                                    premium?: boolean;
                                };
                                source: string;
                                /** @default false */
                                checked?: boolean;
                                note?: string;
                                country?: string;
                                state?: string;
                                /** @enum {string} */
                                voice?: "artificial";
                            }[];
                            /** @default [] */
                            voice_consent?: {
                                id: string;
                                value: {
                                    /** @enum {string} */
                                    marketing: "stated" | "express" | "written";
                                    /** @enum {string} */
                                    information: "stated" | "express" | "written";
                                };
                                source: string;
                                /** @default false */
                                checked?: boolean;
                                note?: string;
                                country?: string;
                                state?: string;
                                /** @enum {string} */
                                voice?: "artificial";
                            }[];
                            /** @default [] */
                            exemptions?: {
                                id: string;
                                value: string;
                                source: string;
                                /** @default false */
                                checked?: boolean;
                                note?: string;
                                country?: string;
                                state?: string;
                                /** @enum {string} */
                                voice?: "artificial";
                            }[];
                        };
                        /** @description Why; kept for good */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnRules"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rule-packs/custom/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of them, the latest first: who set it, when and why */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["OwnRules"][];
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppression-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists of numbers not to call */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "created_at" | "-created_at" | "name" | "-name";
                    scope?: string;
                    removed?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["SuppressionList"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Make a list; its numbers come as a file */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        /** @description Who gave it, such as “FTC download of 2026-11-20” */
                        source: string;
                        /**
                         * @description Whose calls it blocks: of a brand or campaign, theirs; else all
                         * @enum {string}
                         */
                        scope: "workspace" | "brand" | "campaign" | "national" | "state" | "litigator";
                        /** @description With the scope brand */
                        brand?: string;
                        /**
                         * Format: uuid
                         * @description With the scope campaign
                         */
                        campaign_id?: string;
                        /** @description With the scope national; it may go with state */
                        country?: string;
                        /** @description With the scope state */
                        region?: string;
                        /**
                         * Format: date-time
                         * @description When it ends; without it, never
                         */
                        expires_at?: string;
                    };
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuppressionList"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppression-lists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One list, and how far its file is */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuppressionList"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppression-lists/{id}/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a file into it: the first blocks as it is read, a later one takes the former's place when it is in
         * @description One number a line, a CSV with a column of phones, or area code and seven digits as the US registry has them. Send a form with the part `file`, or the file as the body, as text/csv, with the options in the address.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Shown instead of the file's own */
                    file_name?: string;
                    /** @description Column to what it is. A column goes by its header, or by its place in the file counted from 1 */
                    mapping?: string;
                    delimiter?: "," | ";" | "\t" | "|";
                    /** @description Such as utf-8 or windows-1252 */
                    encoding?: string;
                    /** @description Whether the first row names the columns */
                    header?: boolean;
                    /** @description The country (ISO code) of numbers that name none; the workspace's unless set */
                    country?: string;
                };
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /** Format: binary */
                        file: string;
                        /** @description Shown instead of the file's own */
                        file_name?: string;
                        /** @description Column to what it is. A column goes by its header, or by its place in the file counted from 1 */
                        mapping?: {
                            [key: string]: "phone" | "full_name" | "first_name" | "last_name" | "company" | "email" | "city" | "time_zone" | "country" | "region" | "postcode" | "language" | "priority" | "attempts" | "max_attempts" | "consent_basis" | "follow_up_date" | "last_order_date" | "customer_segment" | "custom" | "ignore";
                        };
                        /** @enum {string} */
                        delimiter?: "," | ";" | "\t" | "|";
                        /** @description Such as utf-8 or windows-1252 */
                        encoding?: string;
                        /** @description Whether the first row names the columns */
                        header?: boolean;
                        /** @description The country (ISO code) of numbers that name none; the workspace's unless set */
                        country?: string;
                    };
                    "text/csv": string;
                };
            };
            responses: {
                /** @description Begun */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuppressionList"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppression-lists/{id}/refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows of its latest file that were refused, and why
         * @description The first 10,000 of them, each cut to 200 characters; `refused_rows` counts them all.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A CSV file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppression-lists/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it away, with the reason */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SuppressionList"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The board: who is at the phone, doing what, for how long */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                    sort?: "started_at" | "-started_at" | "state_since" | "-state_since";
                    state?: string;
                    agent_id?: string;
                    team_id?: string;
                    open?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["AgentSession"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Sign on as your agent; supervisors sign on agents at an extension or outside number */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        agent_id?: string;
                        /**
                         * @default available
                         * @enum {string}
                         */
                        state?: "available" | "break";
                        reason?: string;
                        /** @default false */
                        take_over?: boolean;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSession"];
                    };
                };
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSession"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One session */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSession"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/{id}/transitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every change of its state, oldest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["AgentTransition"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/{id}/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What its transitions add up to */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSessionTotals"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an agent did per day, week or month */
        get: {
            parameters: {
                query?: {
                    period?: "day" | "week" | "month";
                    from?: string;
                    to?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["AgentPerformance"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something to everybody at the phone, or to a team */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        text: string;
                        /**
                         * Format: uuid
                         * @description This team's agents alone
                         */
                        team_id?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentBroadcast"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Be available, take a break, sign off */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        state: "available" | "break" | "offline";
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSession"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/{id}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the lead you are shown, or pass it over */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uuid */
                        call_id: string;
                        accept: boolean;
                        /** @description Why the lead is passed over */
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSession"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/{id}/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an agent available, out of a break or a wrap-up */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSession"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/{id}/break": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an agent on a break, after the call in hand */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSession"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/{id}/sign-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign an agent off, after the call in hand */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason?: string;
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSession"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent-sessions/{id}/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something to an agent */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        text: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AgentSession"];
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What your own phone in the browser signs in with
         * @description One account for each active trunk that takes phones. It takes the place of the one before.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same request gets the same answer for 24 hours. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description As whom the phone is rung: for the calls of an agent, or to join those of others
                         * @default agent
                         * @enum {string}
                         */
                        as?: "agent" | "supervisor";
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: components["schemas"]["PhoneAccount"][];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The agent's WebSocket
         * @description One JSON object per frame, with a `type` and a `seq`. The whole state comes first; connect again with the `session_id` and, as `seen`, the highest `seq` you have, and no message is missing. A browser without a session cookie sends its key as the sub-protocols `outdial.v1, bearer.<key>`. The newest connection shows the calls; the others get `not_owner` and may send `take_over`.
         */
        get: {
            parameters: {
                query?: {
                    session_id?: string;
                    seen?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The connection is a WebSocket now */
                101: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changes, as server-sent events
         * @description Events carry gapless numbers per workspace. Reconnect with Last-Event-ID to go on after it; an id older than the last 24 hours gets one `reset` event, after which everything has to be read anew. Every three seconds a `beat` without a number says that the stream lives.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    "last-event-id"?: number;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AddedLeads: {
            added: number;
            duplicates: number;
            refused: {
                index: number;
                message: string;
            }[];
            results: {
                /** Format: uuid */
                contact_id: string;
                lead_id: string | null;
                /** @enum {string} */
                result: "added" | "duplicate";
            }[];
        };
        Agent: {
            /** Format: uuid */
            id: string;
            number: number;
            code: string | null;
            /** @enum {string} */
            kind: "human" | "ai";
            name: string;
            user_id: string | null;
            /** @enum {string} */
            reached_at: "browser" | "extension" | "outside";
            extension: string | null;
            phone_number: string | null;
            email: string | null;
            department: string | null;
            supervisor_user_id: string | null;
            time_zone: string | null;
            language: string | null;
            skills: string[];
            max_concurrent_calls: number;
            active: boolean;
            settings: {
                [key: string]: unknown;
            };
            team_ids: string[];
            state: string;
            state_since: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        AgentBroadcast: {
            /** @description Agents at the phone who were told */
            told: number;
        };
        AgentLeg: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            trunk_id: string;
            /** @enum {string} */
            state: "opening" | "up" | "down";
            /** Format: date-time */
            since: string;
            hangup_cause: string | null;
        };
        AgentPerformance: {
            /** Format: uuid */
            agent_id: string;
            /** Format: date */
            starts_on: string;
            calls: number;
            answered: number;
            talk_ms: number;
            wrap_up_ms: number;
            break_ms: number;
            idle_ms: number;
            reserved_ms: number;
            login_ms: number;
            missed: number;
            sales: number;
            conversion_percent: number | null;
            average_talk_ms: number | null;
        };
        AgentSession: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            agent_id: string;
            agent_name: string;
            agent_number: number;
            /** @enum {string} */
            reached_at: "browser" | "extension" | "outside";
            /** @enum {string} */
            state: "offline" | "available" | "reserved" | "on_call" | "wrap_up" | "break";
            /** Format: date-time */
            state_since: string;
            age_ms: number;
            reason: string | null;
            call_id: string | null;
            wrap_up_until: string | null;
            wrap_up_extended: boolean;
            unsaved: boolean;
            leg: components["schemas"]["AgentLeg"] | null;
            /** @description Of the call in hand */
            campaign: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            /** @description Supervisors who are in the call in hand, or about to be */
            joins: {
                /** Format: uuid */
                user_id: string;
                user_name: string;
                /** @enum {string} */
                how: "listen" | "whisper" | "barge" | "take_over";
                /** @enum {string} */
                state: "opening" | "joined";
            }[];
            next_state: ("break" | "offline") | null;
            next_reason: string | null;
            break: {
                used_ms: number;
                allowance_ms: number | null;
                over: boolean;
            } | null;
            seq: number;
            /** Format: date-time */
            started_at: string;
            ended_at: string | null;
            ip: string | null;
            client: string | null;
        };
        AgentSessionTotals: {
            /** Format: uuid */
            session_id: string;
            /** Format: date-time */
            at: string;
            calls: number;
            answered: number;
            talk_ms: number;
            wrap_up_ms: number;
            break_ms: number;
            idle_ms: number;
            reserved_ms: number;
            login_ms: number;
        };
        AgentTransition: {
            step: number;
            /** @enum {string} */
            from_state: "offline" | "available" | "reserved" | "on_call" | "wrap_up" | "break";
            /** @enum {string} */
            to_state: "offline" | "available" | "reserved" | "on_call" | "wrap_up" | "break";
            reason: string | null;
            call_id: string | null;
            by_user_id: string | null;
            /** Format: date-time */
            at: string;
        };
        AnswerRates: {
            last_day: {
                calls: number;
                answered: number;
            };
            week_before: {
                calls: number;
                answered: number;
            };
            /** @description Answered less often in the last day than in the week before, beyond chance */
            fallen: boolean;
            caller_ids: {
                number: string;
                last_day: {
                    calls: number;
                    answered: number;
                };
                week_before: {
                    calls: number;
                    answered: number;
                };
                /** @description Answered less often in the last day than in the week before, beyond chance */
                fallen: boolean;
            }[];
        };
        ApiKey: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            user_id: string;
            name: string;
            prefix: string;
            scopes: string[];
            /** Format: date-time */
            created_at: string;
            last_used_at: string | null;
            revoked_at: string | null;
        };
        Attempt: {
            /** Format: uuid */
            id: string;
            campaign_id: string | null;
            lead_id: string | null;
            contact_id: string | null;
            /** Format: uuid */
            owner_user_id: string;
            /** Format: uuid */
            trunk_id: string;
            kind: string;
            agentless: boolean;
            phone: string;
            caller_id: string | null;
            /** @enum {string} */
            state: "claimed" | "dialing" | "dialed" | "unknown" | "dropped" | "ended";
            outcome: string | null;
            drop_reason: string | null;
            provider_call_id: string | null;
            /** Format: date-time */
            claimed_at: string;
            intent_at: string | null;
            dialed_at: string | null;
            ended_at: string | null;
        };
        AttemptWithVerdict: {
            /** Format: uuid */
            id: string;
            campaign_id: string | null;
            lead_id: string | null;
            contact_id: string | null;
            /** Format: uuid */
            owner_user_id: string;
            /** Format: uuid */
            trunk_id: string;
            kind: string;
            agentless: boolean;
            phone: string;
            caller_id: string | null;
            /** @enum {string} */
            state: "claimed" | "dialing" | "dialed" | "unknown" | "dropped" | "ended";
            outcome: string | null;
            drop_reason: string | null;
            provider_call_id: string | null;
            /** Format: date-time */
            claimed_at: string;
            intent_at: string | null;
            dialed_at: string | null;
            ended_at: string | null;
            verdict: unknown;
        };
        BulkCall: {
            campaign: components["schemas"]["Campaign"];
            added: number;
        };
        Call: {
            /** Format: uuid */
            id: string;
            number: number;
            direction: string;
            campaign_id: string | null;
            lead_id: string | null;
            contact_id: string | null;
            /** Format: uuid */
            owner_user_id: string;
            /** Format: uuid */
            trunk_id: string;
            provider: string;
            provider_call_id: string | null;
            from_number: string | null;
            to_number: string | null;
            /** @enum {string} */
            state: "initiated" | "ringing" | "answered" | "ended";
            outcome: string | null;
            detection: string | null;
            hangup_cause: string | null;
            recording_url: string | null;
            /** @description By the carrier's own account; null until it tells, and where it does not */
            cost: number | null;
            cost_currency: string | null;
            disposition: string | null;
            /** Format: date-time */
            initiated_at: string;
            ringing_at: string | null;
            answered_at: string | null;
            /** @description Who talked first */
            agent_id: string | null;
            connected_at: string | null;
            abandoned_at: string | null;
            ended_at: string | null;
            /** @description Somebody who was to talk to an agent hung up before one was found in time */
            short: boolean;
            ring_ms: number | null;
            /** @description From the answer to the agent */
            wait_ms: number | null;
            talk_ms: number | null;
            duration_seconds: number | null;
            hold_ms: number;
            /** @description Who dialed it by hand */
            placed_by: string | null;
            metadata: {
                [key: string]: unknown;
            };
            external_lead_id: string | null;
            contact_name: string | null;
            campaign_name: string | null;
            agent_name: string | null;
            trunk_name: string;
            /** @description The clock of whoever was called, as far as their number tells */
            zone: string | null;
        };
        CallAct: {
            seq: number;
            /** Format: uuid */
            act_id: string;
            /** Format: uuid */
            call_id: string;
            act: string;
            /** @enum {string} */
            result: "asked" | "done" | "refused" | "unknown";
            detail: {
                [key: string]: unknown;
            };
            user_id: string | null;
            agent_id: string | null;
            /** Format: date-time */
            at: string;
        };
        CallDisposition: {
            /** Format: uuid */
            call_id: string;
            disposition: string;
            name: string;
            note: string;
            callback_at: string | null;
            fields: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            set_by: string;
            /** Format: date-time */
            set_at: string;
            /** Format: uuid */
            changed_by: string;
            /** Format: date-time */
            changed_at: string;
            /** Format: date-time */
            correctable_until: string;
            suppression_id: string | null;
        };
        CallDispositionWithChanges: {
            /** Format: uuid */
            call_id: string;
            disposition: string;
            name: string;
            note: string;
            callback_at: string | null;
            fields: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            set_by: string;
            /** Format: date-time */
            set_at: string;
            /** Format: uuid */
            changed_by: string;
            /** Format: date-time */
            changed_at: string;
            /** Format: date-time */
            correctable_until: string;
            suppression_id: string | null;
            changes: {
                step: number;
                from_disposition: string | null;
                disposition: string;
                note: string;
                callback_at: string | null;
                fields: {
                    [key: string]: unknown;
                };
                /** Format: uuid */
                by_user_id: string;
                /** Format: date-time */
                at: string;
            }[];
        };
        CallEvent: {
            event_key: string;
            kind: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            received_at: string;
            detail: {
                [key: string]: unknown;
            };
        };
        CallJoin: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            call_id: string;
            /** Format: uuid */
            user_id: string;
            /** Format: uuid */
            leg_id: string;
            /** @enum {string} */
            how: "listen" | "whisper" | "barge" | "take_over";
            /** @enum {string} */
            state: "opening" | "joined" | "over";
            reason: string | null;
            /** Format: date-time */
            asked_at: string;
            joined_at: string | null;
            ended_at: string | null;
        };
        CallReport: {
            since: string;
            until: string;
            zone: string;
            /** @description People on the lists of the campaign, or of all campaigns, whether they were called or not. */
            leads: number;
            totals: {
                /** @description Calls that were dialed or came in, by the day on which they began. */
                calls: number;
                /** @description Calls that somebody or something picked up. */
                answered: number;
                /** @description Answered calls that nobody and nothing said a machine had answered. */
                human: number;
                /** @description Calls whose disposition counts as a contact. */
                contact: number;
                /** @description Calls whose disposition counts as a success. */
                success: number;
                /** @description Calls of people who answered and for whom nobody of ours came in time. */
                abandoned: number;
                /** @description From the answer to the end, added up over all calls. */
                talk_seconds: number;
                /** @description What carriers charged so far, by their own account, in each currency. */
                costs: {
                    currency: string;
                    amount: number;
                }[];
            };
            /** @description Calls by the day on which they began, in the report's zone. */
            by_day: {
                date: string;
                /** @description Calls that were dialed or came in, by the day on which they began. */
                calls: number;
                /** @description Calls that somebody or something picked up. */
                answered: number;
                /** @description Answered calls that nobody and nothing said a machine had answered. */
                human: number;
                /** @description Calls whose disposition counts as a contact. */
                contact: number;
                /** @description Calls whose disposition counts as a success. */
                success: number;
                /** @description Calls of people who answered and for whom nobody of ours came in time. */
                abandoned: number;
            }[];
            /** @description Calls by weekday and hour on the clock of whoever was called; where that is not known, of the workspace. */
            by_local_hour: {
                /** @description 1 is Monday */
                weekday: number;
                hour: number;
                /** @description Calls that were dialed or came in, by the day on which they began. */
                calls: number;
                /** @description Calls that somebody or something picked up. */
                answered: number;
                /** @description Answered calls that nobody and nothing said a machine had answered. */
                human: number;
                /** @description Calls whose disposition counts as a contact. */
                contact: number;
                /** @description Calls whose disposition counts as a success. */
                success: number;
                /** @description Calls of people who answered and for whom nobody of ours came in time. */
                abandoned: number;
            }[];
            /** @description Calls that are over, by what the machine saw. */
            by_outcome: {
                outcome: string;
                calls: number;
            }[];
            /** @description Calls by what somebody said they meant; those of which nobody said anything are left out. */
            by_disposition: {
                key: string;
                name: string;
                calls: number;
            }[];
            /** @description Calls by the agent who talked first. */
            by_agent: {
                /** Format: uuid */
                agent_id: string;
                name: string;
                talk_seconds: number;
                /** @description Calls that were dialed or came in, by the day on which they began. */
                calls: number;
                /** @description Calls that somebody or something picked up. */
                answered: number;
                /** @description Answered calls that nobody and nothing said a machine had answered. */
                human: number;
                /** @description Calls whose disposition counts as a contact. */
                contact: number;
                /** @description Calls whose disposition counts as a success. */
                success: number;
                /** @description Calls of people who answered and for whom nobody of ours came in time. */
                abandoned: number;
            }[];
            /** @description Contacts by which call of their lead they were: the first, the second and so on. */
            contacts_by_try: {
                try: number;
                contact: number;
            }[];
            /** @description Abandoned calls as a share of answers by people, over the 30 days that end with each day. */
            abandon_windows: {
                date: string;
                human: number;
                abandoned: number;
                window_human: number;
                window_abandoned: number;
            }[];
            /** @description What each figure counts, in a sentence */
            definitions: {
                [key: string]: string;
            };
        };
        Callback: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            lead_id: string;
            /** Format: uuid */
            campaign_id: string;
            /** Format: uuid */
            contact_id: string;
            full_name: string;
            call_id: string | null;
            agent_id: string | null;
            /** Format: date-time */
            promised_at: string;
            local_time: string;
            time_zone: string;
            note: string;
            /** @enum {string} */
            status: "open" | "kept" | "missed" | "cancelled";
            closed_reason: string | null;
            closed_call_id: string | null;
            kept_by_agent_id: string | null;
            closed_at: string | null;
            /** Format: date-time */
            expires_at: string;
            reminded_at: string | null;
            moved_at: string | null;
            moved_from_agent_id: string | null;
            created_by: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Campaign: {
            /** Format: uuid */
            id: string;
            number: number;
            code: string | null;
            name: string;
            description: string;
            segment: string | null;
            brand: string | null;
            /** @enum {string} */
            mode: "manual" | "preview" | "power" | "progressive" | "predictive" | "ai" | "broadcast";
            /** @enum {string} */
            purpose: "marketing" | "information";
            /** @enum {string} */
            status: "draft" | "scheduled" | "active" | "paused" | "completed" | "cancelled" | "archived";
            status_reason: string | null;
            /** @description Who moved it to its status; null: the system */
            status_by: string | null;
            /** Format: date-time */
            status_at: string;
            /** Format: uuid */
            owner_user_id: string;
            trunk_id: string | null;
            /** @enum {string} */
            trunk_choice: "fixed" | "least_cost";
            caller_id: string | null;
            /** @enum {string} */
            caller_id_choice: "fixed" | "local";
            script: string;
            next_action: string;
            max_attempts: number;
            retry_interval_seconds: number | null;
            retry_rules: {
                [key: string]: unknown;
            };
            disposition_rules: {
                [key: string]: unknown;
            };
            window_start: string | null;
            window_end: string | null;
            weekdays: number[];
            time_zone: string;
            /** @enum {string} */
            hours_zone: "campaign" | "person";
            start_date: string | null;
            end_date: string | null;
            closed_dates: string[];
            duration_days: number | null;
            daily_limit: number | null;
            max_concurrent_calls: number | null;
            weight: number;
            /** @enum {string} */
            lead_order: "due_first" | "newest_first" | "fewest_attempts_first" | "random";
            ring_timeout_seconds: number;
            wrap_up_seconds: number;
            power_ratio: number;
            abandon_cap_percent: number;
            script_id: string | null;
            skills: string[];
            preview_seconds: number;
            /** @enum {string} */
            preview_ends: "skip" | "dial";
            detects_machines: boolean;
            /** @enum {string} */
            on_machine: "hang_up" | "connect" | "leave_message";
            /** @description Where somebody screens calls, or a fax answers; what is missing follows `on_machine`, without a message */
            on_detection: {
                /** @enum {string} */
                screened?: "hang_up" | "connect" | "leave_message";
                /** @enum {string} */
                fax?: "hang_up" | "connect";
            };
            voicemail_drop_id: string | null;
            machine_sample_percent: number;
            /** @description Why it was turned off by itself: too many people were taken for machines */
            detection_off_reason: string | null;
            /** @enum {string} */
            waits_from: "answer" | "detection";
            abandon_message: string;
            consent_line: string;
            /** @description This run makes so many calls at most; null: as many as there are */
            run_limit: number | null;
            /** @enum {string} */
            completes: "when_done" | "at_end" | "by_hand";
            metadata: {
                [key: string]: unknown;
            };
            agent_ids: string[];
            team_ids: string[];
            /** @description Its calls ring nobody: its own trunk is of the simulated carrier */
            rehearses: boolean;
            started_at: string | null;
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        CampaignDryRun: {
            /** Format: uuid */
            campaign_id: string;
            /** @enum {string} */
            status: "draft" | "scheduled" | "active" | "paused" | "completed" | "cancelled" | "archived";
            /** Format: date-time */
            at: string;
            /**
             * Format: date-time
             * @description The verdicts are of this instant: now, or the start that lies ahead
             */
            counted_at: string;
            leads: {
                total: number;
                now: number;
                later: number;
                /** @description No try could bring them back */
                never: number;
                /** @description In a call at this moment */
                calling: number;
                /** @description Final already, by status */
                done: {
                    [key: string]: number;
                };
                /** @description When the first of the later ones may be called */
                next_due_at: string | null;
            };
            /** @description Of a campaign that chooses: for how many leads each trunk would be the first, and why one can not be used */
            route: {
                trunks: {
                    /** Format: uuid */
                    trunk_id: string;
                    name: string;
                    leads: number;
                    why_not: string | null;
                }[];
                /** @description Whose number no trunk of the campaign serves; counted as later */
                unserved: number;
            } | null;
            reasons: {
                now: {
                    rule: string;
                    sentence: string;
                    count: number;
                }[];
                later: {
                    rule: string;
                    sentence: string;
                    count: number;
                }[];
                never: {
                    rule: string;
                    sentence: string;
                    count: number;
                }[];
            };
            /** @description Per zone and UTC hour of the next 7 days; hours in which nobody is callable are left out */
            hours: {
                zone: string;
                leads: number;
                hours: {
                    /** Format: date-time */
                    at: string;
                    /** @description What the zone's clock shows then */
                    local: string;
                    /** @description As if nobody were called before */
                    callable: number;
                    /** @description Whose first hour it is */
                    becoming: number;
                }[];
            }[];
            /** @description A working day of its agents; null where no pacer dials for them */
            shift: {
                agents: number;
                hours: number;
                /** @description The middle one, and what eight of ten days are expected to lie within */
                utilisation_percent: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description The middle one, and what eight of ten days are expected to lie within */
                abandoned_percent: {
                    low: number;
                    middle: number;
                    high: number;
                };
            } | null;
            finish: {
                finishes_at: string | null;
                /** @description With `latest` the range of nine in ten forecasts */
                earliest: string | null;
                latest: string | null;
                /** @description Why it does not finish */
                reason: {
                    code: string;
                    sentence: string;
                } | null;
                dials: number;
                /** @description Started minutes */
                talk_minutes: number;
                /** @description Callable by the rules, and not reached before its end */
                unreached: number;
            };
            /** @description Null where the trunk has no price */
            cost: {
                amount: number;
                currency: string;
                price_per_minute: number;
                /** @constant */
                billed: "started_minutes_of_talk";
            } | null;
            assumptions: {
                /** @description Calls at once */
                lines: number;
                /** @enum {string} */
                bound_by: "trunk" | "campaign" | "owner" | "workspace" | "installation" | "agents";
                /** @enum {string} */
                based_on: "campaign" | "workspace" | "simulated_carrier" | "cold_list";
                calls: number;
                answered_percent: number;
                /** @description Leads that each one played stands for */
                stands_for: number;
                runs: number;
                sentences: string[];
            };
        };
        CampaignForecast: {
            /** Format: uuid */
            campaign_id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            mode: "manual" | "preview" | "power" | "progressive" | "predictive" | "ai" | "broadcast";
            /** @description As the campaign stands; null where nobody is assigned, or its mode paces nobody */
            as_is: {
                /** @enum {string} */
                mode: "progressive" | "power" | "predictive";
                agents: number;
                abandon_cap_percent: number;
                hours: number;
                leads: number;
                /** @description Calls at once */
                lines: number;
                /** @description Talk and wrap-up of the time agents are there and do not rest */
                utilisation_percent: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description Of live answers */
                abandoned_percent: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description On a whole working day */
                live_answers: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description On a whole working day */
                talks: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description On a whole working day */
                dials: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description Until everybody is called as often as the rules say; null: no end in sight */
                working_days: {
                    low: number;
                    middle: number;
                    high: number;
                } | null;
                /** @description The same in the hours and on the days of its window, from now on or from its start */
                finishes_at: {
                    low: string | null;
                    middle: string | null;
                    high: string | null;
                };
            } | null;
            /** @description As asked; null where nothing else was asked */
            what_if: {
                /** @enum {string} */
                mode: "progressive" | "power" | "predictive";
                agents: number;
                abandon_cap_percent: number;
                hours: number;
                leads: number;
                /** @description Calls at once */
                lines: number;
                /** @description Talk and wrap-up of the time agents are there and do not rest */
                utilisation_percent: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description Of live answers */
                abandoned_percent: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description On a whole working day */
                live_answers: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description On a whole working day */
                talks: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description On a whole working day */
                dials: {
                    low: number;
                    middle: number;
                    high: number;
                };
                /** @description Until everybody is called as often as the rules say; null: no end in sight */
                working_days: {
                    low: number;
                    middle: number;
                    high: number;
                } | null;
                /** @description The same in the hours and on the days of its window, from now on or from its start */
                finishes_at: {
                    low: string | null;
                    middle: string | null;
                    high: string | null;
                };
            } | null;
            based_on: {
                /** @description The campaign's own, of the last 4,000 */
                calls: number;
                /** @description The workspace's others, of the last 1,000 */
                workspace_calls: number;
                /**
                 * @description What stands in where calls are few
                 * @enum {string}
                 */
                otherwise: "simulated_carrier" | "cold_list";
                answered_percent: number;
                talk_seconds: number;
                wrap_up_seconds: number;
            };
            assumptions: string[];
        };
        CampaignMinutes: {
            /** @description Sixty, oldest first, those without a call too; the last is the one that runs */
            minutes: {
                /**
                 * Format: date-time
                 * @description The beginning of the minute, whole in UTC
                 */
                at: string;
                /** @description Calls that began in this minute, dialed or come in */
                calls: number;
                /** @description Of them. Answered calls that nobody and nothing said a machine had answered. */
                human: number;
                /** @description Of them. Calls of people who answered and for whom nobody of ours came in time. */
                abandoned: number;
            }[];
        };
        CampaignProgress: {
            /** Format: uuid */
            campaign_id: string;
            /** @enum {string} */
            status: "draft" | "scheduled" | "active" | "paused" | "completed" | "cancelled" | "archived";
            status_reason: string | null;
            status_by: string | null;
            /** Format: date-time */
            status_at: string;
            /** Format: date-time */
            at: string;
            detection_off_reason: string | null;
            leads: {
                total: number;
                by_status: {
                    [key: string]: number;
                };
            };
            done_percent: number;
            due_now: number;
            waiting: {
                total: number;
                for_window: number;
                for_retry: number;
                next_due_at: string | null;
                by_rule: {
                    [key: string]: number;
                };
                /** @description Of those that wait for their own time: promised */
                callbacks: number;
            };
            skipped_by_reason: {
                [key: string]: number;
            };
            /** @description What holds the waiting ones back and passed the skipped ones over, in words */
            reasons: {
                rule: string;
                sentence: string;
                count: number;
            }[];
            attempts: {
                total: number;
                in_flight: number;
                dialed: number;
                answered: number;
                dropped: number;
                unknown: number;
            };
            by_outcome: {
                [key: string]: number;
            };
            dispositions: {
                total: number;
                contacts: number;
                successes: number;
                by_key: {
                    [key: string]: number;
                };
            };
            importing: number;
            agents: {
                assigned: number;
                signed_on: number;
                available: number;
                in_call: number;
                wrapping_up: number;
                on_break: number;
            };
            /** @description Of a running campaign that chooses: its trunks, and why one takes no call of it now */
            route: {
                /** Format: uuid */
                trunk_id: string;
                name: string;
                why_not: string | null;
            }[] | null;
            diagnosis: {
                code: string;
                sentence: string;
            };
        };
        Consent: {
            /** Format: uuid */
            id: string;
            number: string;
            basis: string;
            /**
             * @description `written` where the person signed or typed it, `express` where they agreed, `stated` for any other basis
             * @enum {string}
             */
            strength: "stated" | "express" | "written";
            text: string;
            source: string;
            /** Format: date-time */
            given_at: string;
            expires_at: string | null;
            /** Format: uuid */
            recorded_by: string;
            /** Format: date-time */
            created_at: string;
            withdrawn_at: string | null;
            withdrawn_by: string | null;
            withdrawn_reason: string | null;
        };
        Contact: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            owner_user_id: string;
            full_name: string;
            first_name: string;
            last_name: string;
            company: string;
            email: string;
            city: string;
            time_zone: string | null;
            country: string | null;
            region: string | null;
            postcode: string | null;
            language: string | null;
            custom: {
                [key: string]: unknown;
            };
            phones: {
                number: string;
                extension: string | null;
            }[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        ContactCount: {
            count: number;
        };
        Contactability: {
            number: string;
            lead_id: string | null;
            /** @enum {string} */
            answer: "now" | "later" | "never";
            at: string | null;
            /** @description The answer in words */
            sentence: string;
            rule: {
                [key: string]: unknown;
            };
            evidence: {
                [key: string]: unknown;
            };
        };
        DetectionErrors: {
            detects_machines: boolean;
            off_reason: string | null;
            /** @description When it was turned on last; null: from the beginning */
            since: string | null;
            budget_percent: number;
            /** @description Machines that were people */
            false_machines: {
                /** @description Calls of which an agent has said who it was */
                labelled: number;
                wrong: number;
                wrong_percent: number | null;
                /** @description The interval of Wilson, 95 % */
                least_percent: number;
                most_percent: number;
            };
            /** @description People, or unknown, that were machines */
            missed_machines: {
                /** @description Calls of which an agent has said who it was */
                labelled: number;
                wrong: number;
                wrong_percent: number | null;
                /** @description The interval of Wilson, 95 % */
                least_percent: number;
                most_percent: number;
            };
        };
        Disposition: {
            /** Format: uuid */
            id: string;
            key: string;
            name: string;
            dialect_keys: string[];
            counts_as_contact: boolean;
            success: boolean;
            final: boolean;
            retries: boolean;
            blocks_number: boolean;
            required_fields: string[];
            position: number;
            built_in: boolean;
            retired_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Erasure: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            contact_id: string;
            /** Format: uuid */
            erased_by: string;
            reason: string;
            /** @description How many numbers of theirs stay blocked */
            numbers: number;
            /** @description Rows deleted or blanked, by table */
            erased_rows: {
                [key: string]: number;
            };
            /** Format: date-time */
            erased_at: string;
        };
        Holidays: {
            data: {
                date: string;
                name: string;
            }[];
            next_cursor: null;
        };
        Import: {
            /** Format: uuid */
            id: string;
            number: number;
            campaign_id: string | null;
            /** Format: uuid */
            owner_user_id: string;
            file_name: string;
            file_size_bytes: number;
            /** @enum {string} */
            status: "pending" | "processing" | "completed" | "partial" | "failed" | "cancelled" | "undone";
            options: {
                [key: string]: unknown;
            };
            layout: {
                [key: string]: unknown;
            } | null;
            consent_basis: string | null;
            consent_text: string | null;
            bytes_read: number;
            total_rows: number;
            imported_rows: number;
            duplicate_rows: number;
            invalid_rows: number;
            suppressed_rows: number;
            error: string | null;
            /** Format: date-time */
            created_at: string;
            started_at: string | null;
            completed_at: string | null;
        };
        ImportCauses: {
            data: {
                reason: string;
                column_name: string;
                count: number;
                /** @description The first three */
                examples: {
                    row: number;
                    found: string;
                    expected: string;
                }[];
            }[];
        };
        ImportError: {
            id: number;
            row: number;
            column_name: string;
            reason: string;
            found: string;
            expected: string;
            cells: string[] | null;
        };
        ImportPreview: {
            layout: {
                [key: string]: unknown;
            };
            rows: {
                row: number;
                fields: {
                    [key: string]: unknown;
                } | null;
                refusal: {
                    [key: string]: unknown;
                } | null;
            }[];
            counts: {
                [key: string]: number;
            };
        };
        ImportUndone: {
            leads: number;
            contacts: number;
        };
        Invitation: {
            user: components["schemas"]["User"];
            invite_token: string | null;
            invite_url: string | null;
        };
        Lead: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            campaign_id: string;
            /** Format: uuid */
            contact_id: string;
            import_id: string | null;
            number: number;
            phone: string | null;
            full_name: string;
            /** @enum {string} */
            status: "pending" | "calling" | "callback" | "completed" | "called" | "failed" | "skipped" | "do_not_call";
            priority: number;
            attempts: number;
            carrier_faults: number;
            max_attempts: number;
            last_outcome: string | null;
            last_attempt_at: string | null;
            due_at: string | null;
            not_before: string | null;
            held_by: string | null;
            /** @description The rule in `held_by`, in words */
            held_because: string | null;
            consent_basis: string | null;
            customer_segment: string | null;
            last_order_date: string | null;
            follow_up_date: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Leaderboard: {
            data: {
                rank: number;
                /** Format: uuid */
                agent_id: string;
                name: string;
                calls: number;
                answered: number;
                missed: number;
                sales: number;
                talk_ms: number;
                average_talk_ms: number | null;
                conversion_percent: number | null;
            }[];
            next_cursor: null;
        };
        Limits: {
            installation: {
                limit: number | null;
                in_use: number;
                free: number | null;
            };
            workspace: {
                limit: number | null;
                in_use: number;
                free: number | null;
            };
            users: {
                /** Format: uuid */
                id: string;
                name: string;
                limit: number | null;
                in_use: number;
                free: number | null;
            }[];
            trunks: {
                /** Format: uuid */
                id: string;
                name: string;
                limit: number | null;
                in_use: number;
                free: number | null;
                calls_per_second: number | null;
                blocked_until: string | null;
                blocked_reason: string | null;
            }[];
            /** @description Against toll fraud; money in the currency of the trunks */
            toll: {
                calls_per_second: number | null;
                daily_spend_limit: number | null;
                /** @description Of the day, after what calls under way keep back */
                spend_left: number | null;
            };
            campaigns: {
                /** Format: uuid */
                id: string;
                name: string;
                limit: number | null;
                in_use: number;
                free: number | null;
                daily_limit: number | null;
                dials_today: number;
            }[];
        };
        List: {
            /** Format: uuid */
            id: string;
            import_id: string | null;
            name: string | null;
            weight: number;
            leads: {
                total: number;
                by_status: {
                    [key: string]: number;
                };
            };
            due_now: number;
            dialed: number;
        };
        Lists: {
            data: components["schemas"]["List"][];
            next_cursor: null;
        };
        LiveAnswers: {
            from: string;
            to: string;
            total: {
                /** @description People, and machines that passed as such */
                live_answers: number;
                connected: number;
                /** @description Nobody came within two seconds */
                abandoned: number;
                /** @description Hung up before */
                short: number;
                abandoned_percent: number;
            };
            days: {
                date: string;
                /** @description People, and machines that passed as such */
                live_answers: number;
                connected: number;
                /** @description Nobody came within two seconds */
                abandoned: number;
                /** @description Hung up before */
                short: number;
                abandoned_percent: number;
            }[];
        };
        MadeApiKey: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            user_id: string;
            name: string;
            prefix: string;
            scopes: string[];
            /** Format: date-time */
            created_at: string;
            last_used_at: string | null;
            revoked_at: string | null;
            token: string | null;
        };
        MadeWorkspace: {
            workspace: components["schemas"]["Workspace"];
            api_key: string | null;
            sign_in_token: string | null;
        };
        Me: {
            user: components["schemas"]["User"];
            workspace: components["schemas"]["Workspace"];
            scopes: string[] | null;
            /** @description What the caller may do here, by role and key. */
            may: ("self.read" | "self.go" | "self.sign-out" | "self.password" | "live.read" | "agents.read" | "agents.write" | "teams.read" | "teams.write" | "agent-sessions.read" | "agent-sessions.own" | "agent-sessions.supervise" | "campaigns.read" | "campaigns.write" | "campaigns.stop-all" | "contacts.read" | "contacts.write" | "contacts.erase" | "leads.read" | "leads.write" | "imports.read" | "imports.write" | "history.write" | "calls.read" | "calls.place" | "calls.act" | "calls.dispose" | "reports.read" | "callbacks.read" | "callbacks.write" | "dispositions.read" | "dispositions.write" | "notes.read" | "notes.write" | "scripts.read" | "scripts.write" | "scripts.render" | "voicemail-drops.read" | "voicemail-drops.write" | "recordings.read" | "recordings.delete" | "suppressions.read" | "suppressions.add" | "suppressions.remove" | "consents.read" | "consents.write" | "rule-packs.read" | "rule-packs.write" | "suppression-lists.read" | "suppression-lists.write" | "limits.read" | "trunks.read" | "trunks.write" | "workspaces.read" | "workspaces.write" | "workspaces.create" | "users.read" | "users.write" | "api-keys.read" | "api-keys.write" | "sign-in-links.create")[];
        };
        Note: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            call_id: string;
            contact_id: string | null;
            /** @enum {string} */
            type: "general" | "transcript" | "follow_up" | "complaint";
            content: string;
            important: boolean;
            /** Format: uuid */
            author_user_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        OwnRules: {
            version: number;
            rules: {
                [key: string]: {
                    [key: string]: unknown;
                }[];
            };
            /** @description What of it the law, or the country of the workspace, would not allow */
            loosens: string[];
            reason: string;
            /** Format: uuid */
            set_by: string;
            /** Format: date-time */
            set_at: string;
        };
        PhoneAccount: {
            /** Format: uuid */
            trunk_id: string;
            /** @constant */
            kind: "sip";
            /** @description The WebSocket that the phone connects to, with the sub-protocol sip */
            url: string;
            uri: string;
            /** @description Shown once: a repeated answer is without it */
            password: string | null;
            /**
             * Format: date-time
             * @description Ask for another account before then
             */
            expires_at: string;
            ice_servers: string[];
        };
        PlacedCall: {
            /** Format: uuid */
            id: string;
            session_id: string | null;
        };
        PossibleActs: {
            acts: ("hold" | "resume" | "mute" | "unmute" | "park" | "unpark" | "three_way" | "complete_transfer" | "cancel_consult" | "record_start" | "record_pause" | "record_resume" | "record_stop" | "hang_up" | "dtmf" | "transfer" | "consult" | "voicemail_drop" | "listen" | "whisper" | "barge" | "take_over")[];
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            request_id: string;
            errors?: {
                path: string;
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        RecordedPastCalls: {
            added: number;
            known: number;
            refused: {
                index: number;
                message: string;
            }[];
        };
        Recording: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            call_id: string;
            campaign_id: string | null;
            /**
             * @description waiting: its audio is fetched from the carrier; leaving: it is being deleted
             * @enum {string}
             */
            state: "waiting" | "kept" | "lost" | "leaving" | "gone";
            /** Format: date-time */
            recorded_at: string;
            /** @description Why there is no audio, or none yet; or why its carrier still has a copy */
            reason: string | null;
            content_type: string | null;
            bytes: number | null;
            sha256: string | null;
            duration_ms: number | null;
            kept_at: string | null;
        };
        RecordingPeaks: {
            /** @description How loud each channel is from its beginning to its end, 0 to 100; none where the audio is no 16-bit WAV */
            channels: number[][];
        };
        Recycled: {
            recycled: number;
            kept: {
                [key: string]: number;
            };
        };
        RenderedScript: {
            /** Format: uuid */
            script_id: string;
            /** Format: uuid */
            lead_id: string;
            steps: {
                key: string;
                text: string;
                branches: {
                    label: string;
                    goes_to: string;
                }[];
                missing: string[];
            }[];
        };
        RulePack: {
            id: string;
            version: string;
            countries: string[];
            /** @description Rows by kind, each with its source; `checked` says whether it was compared with the text */
            rules: {
                [key: string]: {
                    [key: string]: unknown;
                }[];
            };
        };
        Script: {
            /** Format: uuid */
            id: string;
            name: string;
            steps: {
                key: string;
                text: string;
                branches: {
                    label: string;
                    goes_to: string;
                }[];
            }[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        SettledPastLeads: {
            settled: {
                index: number;
                /** Format: uuid */
                lead_id: string;
            }[];
            refused: {
                index: number;
                message: string;
            }[];
        };
        SignInLink: {
            token: string | null;
            url: string | null;
        };
        Suppression: {
            /** Format: uuid */
            id: string;
            number: string;
            /** @enum {string} */
            scope: "workspace" | "brand" | "campaign";
            campaign_id: string | null;
            brand: string | null;
            reason: string;
            /** @enum {string} */
            source: "manual" | "customer_request" | "system" | "import" | "erasure";
            added_by: string | null;
            expires_at: string | null;
            /** Format: date-time */
            created_at: string;
            removed_at: string | null;
            removed_by: string | null;
        };
        SuppressionList: {
            /** Format: uuid */
            id: string;
            name: string;
            source: string;
            /** @enum {string} */
            scope: "workspace" | "brand" | "campaign" | "national" | "state" | "litigator";
            brand: string | null;
            campaign_id: string | null;
            country: string | null;
            region: string | null;
            expires_at: string | null;
            /** @description That block now; of a removed list, that did */
            numbers: number;
            /**
             * @description Of the latest file
             * @enum {string}
             */
            status: "empty" | "importing" | "ready" | "failed";
            file_name: string | null;
            file_size_bytes: number;
            bytes_read: number;
            rows_read: number;
            added_numbers: number;
            /** @description That stood in the file before */
            repeated_numbers: number;
            refused_rows: number;
            error: string | null;
            uploaded_by: string | null;
            uploaded_at: string | null;
            completed_at: string | null;
            created_by: string | null;
            /** Format: date-time */
            created_at: string;
            removed_by: string | null;
            removed_at: string | null;
            removed_reason: string | null;
        };
        SuppressionLookUp: {
            number: string;
            suppressed: boolean;
            suppressions: components["schemas"]["Suppression"][];
            lists: components["schemas"]["SuppressionList"][];
        };
        Team: {
            /** Format: uuid */
            id: string;
            name: string;
            agent_ids: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Trunk: {
            /** Format: uuid */
            id: string;
            name: string;
            provider: string;
            is_default: boolean;
            active: boolean;
            channels: number;
            calls_per_second: number | null;
            settings: {
                [key: string]: unknown;
            };
            /** @description Billed per started minute of talk */
            price_per_minute: number | null;
            currency: string | null;
            serves: string[];
            weight: number;
            low_balance: number | null;
            /** @description What is left on the account; null where its carrier does not tell, or no campaign has run over it yet */
            balance: {
                amount: number | null;
                currency: string | null;
                told_at: string | null;
                /** Format: date-time */
                asked_at: string;
                /** @description Why the last question was not answered; the amount is the one before */
                fault: string | null;
            } | null;
            forgets_recordings: boolean;
            has_secret: boolean;
            caller_ids: {
                number: string;
                name: string | null;
                calls_per_hour: number | null;
                rests_until: string | null;
                calls_last_hour: number;
            }[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        TrunkProvider: {
            provider: string;
            /** @description JSON Schema of what a trunk says in its settings; null: nothing */
            settings: {
                [key: string]: unknown;
            } | null;
            needs_secret: boolean;
            /** @description Why nobody is dialed over it */
            undialed: string | null;
        };
        User: {
            /** Format: uuid */
            id: string;
            email: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "agent" | "supervisor" | "admin" | "owner";
            concurrent_calls: number;
            suspended_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        Verdict: {
            /** @enum {string} */
            answer: "now" | "later" | "never";
            at: string | null;
            /** @description The answer in words */
            sentence: string;
            rule: {
                [key: string]: unknown;
            };
            evidence: {
                [key: string]: unknown;
            };
        };
        VoicemailDrop: {
            /** Format: uuid */
            id: string;
            name: string;
            message: string | null;
            /** @description Of its audio; null until it was uploaded */
            bytes: number | null;
            sha256: string | null;
            duration_seconds: number | null;
            usage_count: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        WithdrawnConsents: {
            number: string;
            consents: components["schemas"]["Consent"][];
        };
        Workspace: {
            /** Format: uuid */
            id: string;
            name: string;
            country: string;
            time_zone: string;
            /** @enum {string} */
            visibility: "all" | "own";
            concurrent_calls: number;
            calls_per_second: number | null;
            daily_spend_limit: number | null;
            hours: number[][][] | null;
            closed_dates: string[];
            number_rules: {
                drop_prefixes: string[];
            };
            consent_declaration: {
                [key: string]: unknown;
            } | null;
            break_reasons: {
                reason: string;
                minutes_a_day: number | null;
            }[] | null;
            is_demo: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
